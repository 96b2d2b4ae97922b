// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.orchestrator.secrets.ObjectWalk;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever ends erases every secret that its objects hold, and is left with none. */
class EndOfSecretsTest {
    private final Realm realm = Realm.create();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Realm.await(vertx.close());
    }

    private static List<Object> secretsOf(Object holder) {
        List<Object> secrets = new ArrayList<>();
        ObjectWalk.from("holder", holder, (path, object) -> {
            if (!isErased(object)) {
                secrets.add(object);
            }
        });
        return secrets;
    }

    private static boolean isErased(Object secret) {
        return ObjectWalk.secretOf(secret).isEmpty();
    }

    @Test
    void leave_erasesTheInstancesSecrets() {
        realm.deployOrchestrator(vertx);
        String credential = realm.credential("greeter");
        // The usual options know the realm, and so the keys of all.
        SecureEventBusOptions options = realm.options("greeter").setCredential(() -> credential);
        SecureEventBus greeter = Realm.await(SecureEventBus.join(vertx, options));
        List<Object> secrets = secretsOf(greeter);
        assertThat(secrets).hasSizeGreaterThan(5);
        Realm.await(greeter.leave());
        assertThat(secrets).allMatch(EndOfSecretsTest::isErased);
        assertThat(secretsOf(greeter)).isEmpty();
    }

    @Test
    void undeploy_erasesTheOrchestratorsSecrets() {
        OrchestratorVerticle orchestrator = realm.orchestrator();
        String deployment = Realm.await(vertx.deployVerticle(orchestrator));
        List<Object> secrets = secretsOf(orchestrator);
        assertThat(secrets).hasSizeGreaterThan(5);
        Realm.await(vertx.undeploy(deployment));
        assertThat(secrets).allMatch(EndOfSecretsTest::isErased);
        assertThat(secretsOf(orchestrator)).isEmpty();
    }
}

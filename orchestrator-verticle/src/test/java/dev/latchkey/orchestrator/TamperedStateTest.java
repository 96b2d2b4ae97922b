// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Any member of the cluster can write into the orchestrators' maps. It stops nobody by it. */
class TamperedStateTest {
    private final Realm realm = Realm.create();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private void put(String key, Object value) {
        await(vertx.sharedData().getAsyncMap("latchkey.keylines").compose(map -> map.put(key, value)));
    }

    @Test
    void orchestrator_startsOverKeyLinesThatSomebodyPutThere() {
        put("greet", Buffer.buffer("garbage"));
        put("count", "not even a buffer");
        realm.deployOrchestrator(vertx);
        assertThat(realm.join(vertx, "greeter").provides()).containsExactly("greet");
    }
}

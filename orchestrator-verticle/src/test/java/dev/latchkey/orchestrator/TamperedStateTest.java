// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
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

    /** Whoever sees a question on its way can write its fingerprint into the map of seen ones before it arrives. */
    @Test
    void registration_thatSomebodyMarkedAsSeen_isAnsweredAllTheSame() {
        realm.deployOrchestrator(vertx);
        vertx.eventBus().<Object>addOutboundInterceptor(delivery -> {
            if (delivery.body() instanceof Buffer question
                    && delivery.message().address().equals(RegistrationWire.ADDRESS)) {
                markAsSeen(question).onComplete(done -> delivery.next());
            } else {
                delivery.next();
            }
        });
        assertThat(realm.join(vertx, "greeter").provides()).containsExactly("greet");
    }

    private Future<Void> markAsSeen(Buffer question) {
        String fingerprint = HexFormat.of().formatHex(question.getBytes(1, 33));
        return vertx.sharedData()
                .<String, Object>getAsyncMap("latchkey.seen")
                .compose(map -> map.put(fingerprint, Buffer.buffer("seen")));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Latchkey itself sends is no business of the application's. */
class OwnTrafficTest {
    private final Realm realm = Realm.create();
    private final Topology topology = Topology.local();
    private final Vertx vertx = topology.node(0);
    private SecureEventBus bus;

    @BeforeEach
    void join() {
        realm.deployOrchestrator(vertx);
        bus = realm.join(vertx, "caller");
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void interceptors_thatLetOnlyTheirOwnPass_stopNoRegistration() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Handler<DeliveryContext<Object>> strict = delivery -> {
            seen.add(delivery.message().address());
            if (!delivery.message().address().startsWith("latchkey.")) {
                delivery.next();
            }
        };
        bus.addOutboundInterceptor(strict).addInboundInterceptor(strict);
        await(realm.join(vertx, "greeter").leave());
        assertThat(seen).noneMatch(address -> address.startsWith("latchkey."));
    }

    @Test
    void join_onTheVertxOfAnotherBus_sharesItsGuard() {
        SecureEventBus greeter = await(SecureEventBus.join(bus.asVertx(), realm.options("greeter")));
        await(greeter.consumer("greeting.hello", message -> message.reply("Hello"))
                .completion());
        assertThat(await(bus.asVertx().eventBus().request("greeting.hello", "x"))
                        .body())
                .isEqualTo("Hello");
        assertThat(bus.asVertx()).isSameAs(bus.asVertx());
    }
}

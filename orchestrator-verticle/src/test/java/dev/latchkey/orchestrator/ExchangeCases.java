// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A caller and a greeter on the nodes that a subclass names, and an address that no other case uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExchangeCases {
    private static final AtomicInteger CASES = new AtomicInteger();

    final Realm realm = Realm.create();
    Topology topology;
    SecureEventBus caller;
    SecureEventBus greeter;
    String address;

    abstract Topology topology();

    @BeforeAll
    void start() {
        topology = topology();
        realm.deployOrchestrator(topology.node(0));
    }

    @AfterAll
    void stop() {
        topology.close();
    }

    @BeforeEach
    void join() {
        address = "greeting.room." + CASES.incrementAndGet();
        caller = realm.join(topology.node(0), "caller");
        greeter = realm.join(topology.node(1), "greeter");
    }

    @AfterEach
    void leave() {
        await(caller.leave());
        await(greeter.leave());
    }

    /** A consumer of the greeter's, known throughout the cluster. */
    final <T> MessageConsumer<T> greet(Handler<Message<T>> handler) {
        MessageConsumer<T> consumer = greeter.consumer(address, handler);
        await(consumer.completion());
        return consumer;
    }
}

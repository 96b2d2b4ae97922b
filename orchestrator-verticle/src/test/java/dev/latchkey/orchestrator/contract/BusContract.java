// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the event bus promises, as cases that run on every {@link BusKind}: none of them may ask which one it runs on.
 *
 * <p>A case sends by {@link #sender} to {@link #receiver}, which are two nodes when the bus is clustered, at an address that no
 * other case uses. Consumers that it registers through {@link #consume} end with it.
 */
@ParameterizedClass(name = "{0}")
@EnumSource(BusKind.class)
@ExtendWith(Rigs.class)
abstract class BusContract {
    private static final AtomicInteger CASES = new AtomicInteger();

    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it before anything else runs.
    BusKind kind;

    Rig rig;
    EventBus sender;
    EventBus receiver;
    Vertx senderVertx;
    Vertx receiverVertx;
    String address;

    private final List<MessageConsumer<?>> consumers = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect(Rig running) {
        rig = running;
        sender = rig.sender();
        receiver = rig.receiver();
        senderVertx = rig.senderVertx();
        receiverVertx = rig.receiverVertx();
        address = freshAddress();
    }

    @AfterEach
    void unregister() {
        consumers.forEach(consumer -> await(consumer.unregister()));
    }

    /** An address that nobody uses. */
    static String freshAddress() {
        return "contract.case" + CASES.incrementAndGet();
    }

    /** A consumer of the receiver's, registered throughout the cluster when this returns, and unregistered after the case. */
    final <T> MessageConsumer<T> consume(Handler<Message<T>> handler) {
        return consume(receiver, address, handler);
    }

    final <T> MessageConsumer<T> consume(EventBus bus, String at, Handler<Message<T>> handler) {
        return registered(bus.consumer(at, handler));
    }

    /** Waits for a consumer that has its handler, and unregisters it after the case. */
    final <T> MessageConsumer<T> registered(MessageConsumer<T> consumer) {
        consumers.add(consumer);
        await(consumer.completion());
        return consumer;
    }
}

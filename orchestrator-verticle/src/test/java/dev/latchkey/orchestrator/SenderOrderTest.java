// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many senders at once, whose tokens the receiving node has never seen: nothing is lost, doubled or out of order. */
class SenderOrderTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String WARM_UP = "greeting.room.warm-up";
    private static final int SENDERS = 8;
    private static final int MESSAGES = 25_000;
    private static final int BATCH = 100;
    private static final int WARM_UPS = 32;
    private static final int SCOUT = -1;

    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(Realm.POLICY, clock);
    private final Topology topology = Topology.clustered(2);
    private final Set<String> tokensAskedFor = ConcurrentHashMap.newKeySet();
    private final AtomicInteger[] got =
            IntStream.range(0, SENDERS).mapToObj(i -> new AtomicInteger()).toArray(AtomicInteger[]::new);
    private final AtomicReference<String> wrong = new AtomicReference<>();

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void eightSenders_whoseFirstMessageCarriesAnUnknownToken_loseDoubleAndReorderNothing() {
        realm.deployOrchestrator(topology.node(0));
        SecureEventBus[] senders = IntStream.range(0, SENDERS)
                .mapToObj(i -> realm.join(topology.node(0), "caller"))
                .toArray(SecureEventBus[]::new);
        wearOut(senders);
        SecureEventBus receiver = realm.join(topology.node(1), "greeter");
        await(receiver.consumer(ADDRESS, this::receive).completion());
        awaitThatTheSendersNodeKnowsTheConsumer();
        watchTokenDesk(topology.node(0).eventBus());
        for (int sender = 0; sender < SENDERS; sender++) {
            send(senders[sender], sender);
        }
        await().atMost(Duration.ofMinutes(2)).until(() -> wrong.get() != null || total() == SENDERS * MESSAGES);
        assertThat(wrong.get()).isNull();
        assertThat(tokensAskedFor).hasSize(SENDERS);
        assertThat(receiver.refusals()).isEmpty();
    }

    /** Sends until the tokens ride along no more, to a provider whose node forgets them when it leaves. */
    private void wearOut(SecureEventBus[] senders) {
        SecureEventBus early = realm.join(topology.node(1), "greeter");
        await(early.<Integer>consumer(WARM_UP, message -> message.reply("x")).completion());
        clock.advance(Duration.ofSeconds(2));
        for (SecureEventBus sender : senders) {
            await().until(() -> await(sender.request(WARM_UP, 0).map(true).otherwise(false)));
            for (int i = 0; i < WARM_UPS; i++) {
                await(sender.request(WARM_UP, i));
            }
        }
        await(early.leave());
    }

    /** Or the first messages would be lost, as on the plain bus. Another sender asks, so that the eight stay unknown. */
    private void awaitThatTheSendersNodeKnowsTheConsumer() {
        SecureEventBus scout = realm.join(topology.node(0), "caller");
        await().until(() -> await(scout.sender(ADDRESS).write(SCOUT).map(true).otherwise(false)));
        await(scout.leave());
    }

    private void watchTokenDesk(io.vertx.core.eventbus.EventBus desk) {
        desk.addInboundInterceptor((DeliveryContext<Object> delivery) -> {
            if (delivery.message().address().startsWith("latchkey.tokens.")) {
                tokensAskedFor.add(delivery.message().address());
            }
            delivery.next();
        });
    }

    /** From a context of the sender's own, in batches, so that one event loop serves all of them in turn. */
    private void send(SecureEventBus bus, int sender) {
        Vertx vertx = topology.node(0);
        Context context = ((VertxInternal) vertx).createEventLoopContext();
        context.runOnContext(start -> sendBatch(bus, sender, 0, context));
    }

    private void sendBatch(SecureEventBus bus, int sender, int from, Context context) {
        int to = Math.min(MESSAGES, from + BATCH);
        for (int i = from; i < to; i++) {
            bus.send(ADDRESS, sender * MESSAGES + i);
        }
        if (to < MESSAGES) {
            context.runOnContext(next -> sendBatch(bus, sender, to, context));
        }
    }

    private void receive(Message<Object> message) {
        int number = (Integer) message.body();
        if (number == SCOUT) {
            return;
        }
        int expected = got[number / MESSAGES].getAndIncrement();
        if (number % MESSAGES != expected) {
            wrong.compareAndSet(null, "sender " + number / MESSAGES + ": " + number % MESSAGES + " for " + expected);
        }
    }

    private int total() {
        return IntStream.range(0, SENDERS).map(i -> got[i].get()).sum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member's consumer is one of the plain bus in all but what it lets in. */
class SecuredConsumerTest extends GuardedTest {
    private final List<Object> got = new CopyOnWriteArrayList<>();
    private SecuredBus bus;
    private MessageConsumer<Object> consumer;

    @BeforeEach
    void consume() throws Exception {
        bus = new SecuredBus(guard, member);
        consumer = bus.consumer(ADDRESS);
        assertThat(consumer.handler(message -> {
                    got.add(message.body());
                    message.reply("ok");
                }))
                .isSameAs(consumer);
        done(consumer.completion());
    }

    @Test
    void consumer_registered_saysSoUntilItIsNot() throws Exception {
        assertThat(consumer.address()).isEqualTo(ADDRESS);
        assertThat(consumer.isRegistered()).isTrue();
        done(consumer.unregister());
        assertThat(consumer.isRegistered()).isFalse();
    }

    @Test
    void paused_messageWaits_andIsFetched() throws Exception {
        assertThat(consumer.pause()).isSameAs(consumer);
        bus.send(ADDRESS, "first");
        bus.send(ADDRESS, "second");
        assertThat(got).isEmpty();
        assertThat(consumer.fetch(1)).isSameAs(consumer);
        await().until(() -> got.size() == 1);
        assertThat(consumer.resume()).isSameAs(consumer);
        await().until(() -> got.size() == 2);
        assertThat(got).containsExactly("first", "second");
    }

    @Test
    void ended_handlerIsTold() throws Exception {
        List<String> ends = new CopyOnWriteArrayList<>();
        assertThat(consumer.endHandler(ended -> ends.add("end"))).isSameAs(consumer);
        done(consumer.unregister());
        await().until(() -> ends.size() == 1);
    }

    @Test
    void endedWhilePaused_requesterIsToldThatItsMessageWasDiscarded() throws Exception {
        consumer.pause();
        var waiting = bus.request(ADDRESS, "x");
        consumer.unregister();
        await().until(waiting::isComplete);
        assertThat(waiting.cause()).isInstanceOf(ReplyException.class);
        assertThat(got).isEmpty();
    }

    @Test
    void operationOfAnotherMember_isRefused() throws Exception {
        SecuredConsumer<Object> foreign = new SecuredConsumer<>(
                vertx.eventBus().consumer("image.other"),
                10,
                guard,
                new Exchange(guard),
                member(Set.of(), Set.of()),
                new Consumers());
        foreign.handler(message -> got.add(message.body()));
        var refused = bus.request("image.other", "x");
        await().until(refused::isComplete);
        assertThat(refused.cause()).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(DenialReason.NOT_A_PROVIDER));
        assertThat(guard.refused()).containsEntry(DenialReason.NOT_A_PROVIDER, 1L);
        assertThat(got).isEmpty();
    }

    @Test
    void bodyStream_bringsBodies() {
        consumer.bodyStream().handler(body -> got.add("stream " + body));
        bus.send(ADDRESS, "x");
        await().until(() -> got.contains("stream x"));
    }

    @Test
    void left_consumerEnds() throws Exception {
        done(bus.leave());
        assertThat(consumer.isRegistered()).isFalse();
    }
}

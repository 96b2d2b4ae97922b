// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Sending and publishing: who gets a message, how often, and what it says of itself. */
class SendContractTest extends BusContract {
    private static final DeliveryOptions LOCAL_ONLY = new DeliveryOptions().setLocalOnly(true);

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** A consumer that notes what it gets in a list of its own. */
    private List<String> recorder(EventBus bus) {
        List<String> received = new CopyOnWriteArrayList<>();
        this.<String>consume(bus, address, message -> received.add(message.body()));
        return received;
    }

    private void record() {
        this.<String>consume(message -> bodies.add(message.body()));
    }

    private Message<Object> received(Runnable sending) {
        Promise<Message<Object>> arrived = Promise.promise();
        consume(arrived::complete);
        sending.run();
        return await(arrived.future());
    }

    @Test
    void send_reachesTheConsumer() {
        record();
        sender.send(address, "x");
        await().untilAsserted(() -> assertThat(bodies).containsExactly("x"));
    }

    @Test
    void send_toAConsumerOfTheSendersOwnBus_isDelivered() {
        List<String> own = recorder(sender);
        sender.send(address, "x");
        await().untilAsserted(() -> assertThat(own).containsExactly("x"));
    }

    @Test
    void send_withOptions_carriesTheirHeaders() {
        Message<Object> message =
                received(() -> sender.send(address, "x", new DeliveryOptions().addHeader("colour", "red")));
        assertThat(message.headers().get("colour")).isEqualTo("red");
    }

    @Test
    void send_withoutABody_deliversNull() {
        assertThat(received(() -> sender.send(address, null)).body()).isNull();
    }

    @Test
    void send_toSeveralConsumers_reachesExactlyOne() {
        record();
        record();
        record();
        sender.send(address, "sent");
        sender.publish(address, "end");
        await().untilAsserted(() -> assertThat(bodies).filteredOn("end"::equals).hasSize(3));
        assertThat(bodies).filteredOn("sent"::equals).hasSize(1);
    }

    @Test
    void send_toSeveralConsumers_takesTurns() {
        List<List<String>> recorders = List.of(recorder(receiver), recorder(receiver), recorder(receiver));
        for (int i = 0; i < 9; i++) {
            sender.send(address, "x" + i);
        }
        await().untilAsserted(() -> assertThat(recorders)
                .allSatisfy(received -> assertThat(received).hasSize(3)));
    }

    @Test
    void send_toConsumersOfBothBuses_reachesBoth() {
        List<String> own = recorder(sender);
        List<String> other = recorder(receiver);
        for (int i = 0; i < 8; i++) {
            sender.send(address, "x" + i);
        }
        // A node that hears of a registration after the first message begins its turns anew: they need not be even.
        await().untilAsserted(() -> assertThat(own.size() + other.size()).isEqualTo(8));
        assertThat(own).isNotEmpty();
        assertThat(other).isNotEmpty();
    }

    @Test
    void send_withoutConsumers_isSilent() {
        assertThat(sender.send(address, "x")).isSameAs(sender);
    }

    @Test
    void send_returnsTheBus() {
        record();
        assertThat(sender.send(address, "x")).isSameAs(sender);
        assertThat(sender.send(address, "x", new DeliveryOptions())).isSameAs(sender);
    }

    @Test
    void send_toNoAddress_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.send(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> sender.send(null, "x", new DeliveryOptions()));
    }

    @Test
    void send_withNullOptions_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.send(address, "x", null));
    }

    @Test
    void send_localOnly_reachesTheSendersOwnConsumersOnly() {
        List<String> own = recorder(sender);
        List<String> other = recorder(receiver);
        for (int i = 0; i < 4; i++) {
            sender.send(address, "x" + i, LOCAL_ONLY);
        }
        sender.publish(address, "end");
        await().untilAsserted(() -> assertThat(other).contains("end"));
        await().untilAsserted(() -> assertThat(own).hasSize(kind.clustered ? 5 : 3));
        assertThat(other).hasSize(kind.clustered ? 1 : 3);
    }

    @Test
    void request_localOnly_reachesTheSendersOwnNodeOnly() {
        this.<String>consume(message -> message.reply("here"));
        if (kind.clustered) {
            assertThat(failure(sender.request(address, "x", LOCAL_ONLY)))
                    .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(refusal.failureType())
                            .isEqualTo(ReplyFailure.NO_HANDLERS));
        } else {
            assertThat(await(sender.request(address, "x", LOCAL_ONLY)).body()).isEqualTo("here");
        }
    }

    @Test
    void publish_reachesEachConsumerOfBothBusesOnce() {
        List<List<String>> recorders =
                List.of(recorder(sender), recorder(sender), recorder(receiver), recorder(receiver));
        sender.publish(address, "x");
        sender.publish(address, "end");
        await().untilAsserted(() -> assertThat(recorders)
                .allSatisfy(received -> assertThat(received).containsExactly("x", "end")));
    }

    @Test
    void publish_withOptions_carriesTheirHeaders() {
        Message<Object> message =
                received(() -> sender.publish(address, "x", new DeliveryOptions().addHeader("colour", "red")));
        assertThat(message.headers().get("colour")).isEqualTo("red");
    }

    @Test
    void publish_withoutConsumers_isSilent() {
        assertThat(sender.publish(address, "x")).isSameAs(sender);
    }

    @Test
    void publish_returnsTheBus() {
        record();
        assertThat(sender.publish(address, "x")).isSameAs(sender);
        assertThat(sender.publish(address, "x", new DeliveryOptions())).isSameAs(sender);
    }

    @Test
    void publish_toNoAddress_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.publish(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> sender.publish(null, "x", new DeliveryOptions()));
    }

    @Test
    void publish_localOnly_reachesTheSendersOwnConsumersOnly() {
        List<String> own = recorder(sender);
        List<String> other = recorder(receiver);
        sender.publish(address, "local", LOCAL_ONLY);
        sender.publish(address, "end");
        await().untilAsserted(() -> assertThat(own).containsExactly("local", "end"));
        await().untilAsserted(() -> assertThat(other).contains("end"));
        assertThat(other).hasSize(kind.clustered ? 1 : 2);
    }

    @Test
    void message_thatWasSent_saysSo() {
        Message<Object> message = received(() -> sender.send(address, "x"));
        assertThat(message.address()).isEqualTo(address);
        assertThat(message.isSend()).isTrue();
        assertThat(message.replyAddress()).isNull();
    }

    @Test
    void message_thatWasPublished_saysSo() {
        Message<Object> message = received(() -> sender.publish(address, "x"));
        assertThat(message.address()).isEqualTo(address);
        assertThat(message.isSend()).isFalse();
        assertThat(message.replyAddress()).isNull();
    }

    @Test
    void message_thatWasRequested_saysSo() {
        Message<Object> message = received(() -> sender.request(address, "x"));
        assertThat(message.address()).isEqualTo(address);
        assertThat(message.isSend()).isTrue();
        assertThat(message.replyAddress()).isNotEmpty();
        message.reply("done");
    }
}

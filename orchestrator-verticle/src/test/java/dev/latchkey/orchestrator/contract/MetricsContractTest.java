// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.orchestrator.contract.InstrumentedRigs.Instrumented;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the bus reports to metrics of messages to an address. */
@ExtendWith(InstrumentedRigs.class)
class MetricsContractTest extends BusContract {
    @SuppressWarnings("NullAway.Init") // JUnit sets it before each case.
    private Instrumented instrumented;

    /** Without its annotation, so that it runs only as a part of {@link #instrument}. */
    @Override
    void connect(Rig running) {
        super.connect(running);
    }

    @BeforeEach
    void instrument(Instrumented running) {
        instrumented = running;
        connect(running.rig());
    }

    private List<String> senderCalls() {
        return instrumented.senderMetrics().calls(address);
    }

    private List<String> receiverCalls() {
        return instrumented.receiverMetrics().calls(address);
    }

    private static void eventually(Runnable assertion) {
        await().untilAsserted(assertion::run);
    }

    /** Completes when a message arrives at a consumer of its own. */
    private Future<?> arrival() {
        Promise<Message<Object>> arrived = Promise.promise();
        consume(arrived::tryComplete);
        return arrived.future();
    }

    private String sent(boolean publish) {
        return "messageSent publish=" + publish + " local=" + !kind.clustered + " remote=" + kind.clustered;
    }

    private String received(boolean publish, int handlers) {
        return "messageReceived publish=" + publish + " local=" + !kind.clustered + " handlers=" + handlers;
    }

    @Test
    void consumer_isReportedFromRegistrationToUnregistration() {
        MessageConsumer<Object> consumer = consume(message -> {});
        assertThat(receiverCalls()).containsExactly("handlerRegistered");
        await(consumer.unregister());
        assertThat(receiverCalls()).containsExactly("handlerRegistered", "handlerUnregistered");
    }

    @Test
    void send_isReportedAsSent() {
        arrival();
        sender.send(address, "letter");
        eventually(() -> assertThat(senderCalls()).containsOnlyOnce(sent(false)));
    }

    @Test
    void publish_isReportedAsSent() {
        arrival();
        sender.publish(address, "news");
        eventually(() -> assertThat(senderCalls()).containsOnlyOnce(sent(true)));
    }

    @Test
    void send_isReportedAsReceived() {
        Future<?> arrived = arrival();
        sender.send(address, "letter");
        await(arrived);
        assertThat(receiverCalls()).containsOnlyOnce(received(false, 1));
    }

    @Test
    void publishToTwo_isReportedAsReceivedByTwo() {
        Future<?> first = arrival();
        Future<?> second = arrival();
        sender.publish(address, "news");
        await(Future.all(first, second));
        assertThat(receiverCalls()).containsOnlyOnce(received(true, 2));
    }

    @Test
    void publishToTwo_isReportedAsScheduledAndDeliveredTwice() {
        Future<?> first = arrival();
        Future<?> second = arrival();
        sender.publish(address, "news");
        await(Future.all(first, second));
        String scheduled = "scheduleMessage local=" + !kind.clustered;
        String delivered = "messageDelivered local=" + !kind.clustered;
        List<String> calls = receiverCalls();
        calls.retainAll(List.of(scheduled, delivered));
        assertThat(calls).containsExactlyInAnyOrder(scheduled, delivered, scheduled, delivered);
    }

    @Test
    void noHandlers_isReportedAsReplyFailure() {
        failure(sender.request(address, "question"));
        eventually(() -> assertThat(senderCalls()).containsOnlyOnce("replyFailure NO_HANDLERS"));
    }

    @Test
    void timeout_isReportedAsReplyFailure() {
        consume(message -> {});
        failure(sender.request(address, "question", new DeliveryOptions().setSendTimeout(100)));
        eventually(() -> assertThat(senderCalls()).containsOnlyOnce("replyFailure TIMEOUT"));
    }

    @Test
    void fail_isReportedAsReplyFailure() {
        consume(message -> message.fail(418, "teapot"));
        failure(sender.request(address, "question"));
        eventually(() -> assertThat(senderCalls()).containsOnlyOnce("replyFailure RECIPIENT_FAILURE"));
    }

    @Test
    void answer_isNoReplyFailure() {
        consume(message -> message.reply("answer"));
        await(sender.request(address, "question"));
        assertThat(senderCalls()).noneMatch(call -> call.startsWith("replyFailure"));
    }

    @Test
    void remoteMessage_isReportedAsWrittenAndRead() {
        Future<?> arrived = arrival();
        sender.send(address, "letter");
        await(arrived);
        assertThat(senderCalls().contains("messageWritten")).isEqualTo(kind.clustered);
        assertThat(receiverCalls().contains("messageRead")).isEqualTo(kind.clustered);
    }

    @Test
    void reply_isReportedAtReplyAddress() {
        List<String> replyAddresses = new CopyOnWriteArrayList<>();
        consume(message -> {
            replyAddresses.add(message.replyAddress());
            message.reply("answer");
        });
        await(sender.request(address, "question"));
        String replyAddress = replyAddresses.get(0);
        eventually(() -> {
            assertThat(instrumented.receiverMetrics().calls(replyAddress)).containsOnlyOnce(sent(false));
            assertThat(instrumented.senderMetrics().calls(replyAddress))
                    .containsOnlyOnce("handlerRegistered", "handlerUnregistered", received(false, 1));
        });
    }

    @Test
    void request_isReportedOnce() {
        MessageConsumer<Object> consumer = consume(message -> message.reply("answer"));
        await(sender.request(address, "question"));
        await(consumer.unregister());
        List<String> expected = new ArrayList<>(List.of(
                "handlerRegistered",
                sent(false),
                received(false, 1),
                "scheduleMessage local=" + !kind.clustered,
                "messageDelivered local=" + !kind.clustered,
                "handlerUnregistered"));
        if (kind.clustered) {
            expected.addAll(List.of("messageWritten", "messageRead"));
        }
        eventually(() -> assertThat(allCalls()).containsExactlyInAnyOrderElementsOf(expected));
    }

    private List<String> allCalls() {
        return instrumented.metrics().stream()
                .flatMap(node -> node.calls(address).stream())
                .toList();
    }

    @Test
    void metrics_areEnabled() {
        assertThat(sender.isMetricsEnabled()).isTrue();
    }

    @Test
    void withoutMetrics_theyAreNotEnabled(Rig uninstrumented) {
        assertThat(uninstrumented.sender().isMetricsEnabled()).isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.orchestrator.contract.InstrumentedRigs.Instrumented;
import dev.latchkey.orchestrator.contract.RecordingTracer.Event;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the bus tells a tracer of messages to an address. */
@ExtendWith(InstrumentedRigs.class)
class TracingContractTest extends BusContract {
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

    /** So many calls of the sender's tracer, once they were made. */
    private List<Event> atSender(String call, int calls) {
        return await().until(() -> instrumented.senderTracer().events(address, call), events -> events.size() == calls);
    }

    private Event atSender(String call) {
        return atSender(call, 1).get(0);
    }

    private List<Event> atReceiver(String call, int calls) {
        return await().until(
                        () -> instrumented.receiverTracer().events(address, call), events -> events.size() == calls);
    }

    private Event atReceiver(String call) {
        return atReceiver(call, 1).get(0);
    }

    /** A request, and its answer by a handler of it. */
    private Future<Message<Object>> request(Handler<Message<Object>> answer) {
        Promise<Message<Object>> asked = Promise.promise();
        consume(asked::tryComplete);
        Future<Message<Object>> answered = sender.request(address, "question");
        // Plain Vert.x ends a trace by its answer only if the request was known to be written when the answer came.
        await().until(() ->
                instrumented.senderMetrics().calls(address).stream().anyMatch(call -> call.startsWith("messageSent")));
        answer.handle(await(asked.future()));
        return answered;
    }

    private static void assertBegins(Event event, String operation) {
        assertThat(event.kind()).isEqualTo(SpanKind.RPC);
        assertThat(event.policy()).isEqualTo(TracingPolicy.PROPAGATE);
        assertThat(event.operation()).isEqualTo(operation);
    }

    private static void assertFailure(Event event, ReplyFailure type, int code) {
        assertThat(event.failure()).isInstanceOfSatisfying(ReplyException.class, failure -> {
            assertThat(failure.failureType()).isEqualTo(type);
            assertThat(failure.failureCode()).isEqualTo(code);
        });
    }

    @Test
    void send_beginsOnBothSides() {
        consume(message -> {});
        sender.send(address, "letter");
        assertBegins(atSender("sendRequest"), "send");
        assertBegins(atReceiver("receiveRequest"), "send");
    }

    @Test
    void send_endsOnBothSides() {
        consume(message -> {});
        sender.send(address, "letter");
        assertThat(atSender("receiveResponse").failure()).isNull();
        assertThat(atReceiver("sendResponse").failure()).isNull();
    }

    @Test
    void publish_beginsAtEveryConsumer() {
        consume(message -> {});
        consume(message -> {});
        sender.publish(address, "news");
        assertBegins(atSender("sendRequest"), "publish");
        assertThat(atReceiver("receiveRequest", 2)).allSatisfy(event -> assertBegins(event, "publish"));
    }

    @Test
    void request_beginsOnBothSides() {
        consume(message -> message.reply("answer"));
        await(sender.request(address, "question"));
        assertBegins(atSender("sendRequest"), "send");
        assertBegins(atReceiver("receiveRequest"), "send");
    }

    @Test
    void request_endsWithItsAnswerOnBothSides() {
        await(request(message -> message.reply("answer")));
        assertThat(atReceiver("sendResponse").failure()).isNull();
        assertThat(atSender("receiveResponse").failure()).isNull();
    }

    @Test
    void request_isOneTraceOnBothSides() {
        await(request(message -> message.reply("answer")));
        String id = atSender("sendRequest").span().id();
        assertThat(id).isNotEmpty();
        assertThat(List.of(atReceiver("receiveRequest"), atReceiver("sendResponse"), atSender("receiveResponse")))
                .allSatisfy(event -> assertThat(event.span().id()).isEqualTo(id));
    }

    @Test
    void policy_isThatOfTheOptions() {
        consume(message -> message.reply("answer"));
        await(sender.request(address, "question", new DeliveryOptions().setTracingPolicy(TracingPolicy.ALWAYS)));
        assertThat(atSender("sendRequest").policy()).isEqualTo(TracingPolicy.ALWAYS);
    }

    @Test
    void ignore_isPassedOnAndCarriesNoTrace() {
        consume(message -> {});
        sender.send(address, "letter", new DeliveryOptions().setTracingPolicy(TracingPolicy.IGNORE));
        assertThat(atReceiver("receiveRequest").span().id()).isEmpty();
        assertThat(atSender("sendRequest").policy()).isEqualTo(TracingPolicy.IGNORE);
    }

    @Test
    void tags_nameTheMessageOnBothSides() {
        consume(message -> {});
        sender.publish(address, "news");
        Map<String, String> tags = Map.of(
                "messaging.destination.name", address,
                "messaging.system", "vertx-eventbus",
                "messaging.operation.name", "publish");
        assertThat(atSender("sendRequest").tags()).isEqualTo(tags);
        assertThat(atReceiver("receiveRequest").tags()).isEqualTo(tags);
    }

    @Test
    void noHandlers_endsRequestWithFailure() {
        failure(sender.request(address, "question"));
        assertFailure(atSender("receiveResponse"), ReplyFailure.NO_HANDLERS, -1);
    }

    @Test
    void noHandlers_endsSendWithFailure() {
        sender.send(address, "letter");
        assertFailure(atSender("receiveResponse"), ReplyFailure.NO_HANDLERS, -1);
    }

    @Test
    void timeout_endsRequestWithFailure() {
        consume(message -> {});
        failure(sender.request(address, "question", new DeliveryOptions().setSendTimeout(100)));
        assertFailure(atSender("receiveResponse"), ReplyFailure.TIMEOUT, -1);
    }

    @Test
    void fail_endsRequestWithFailure() {
        failure(request(message -> message.fail(418, "teapot")));
        assertFailure(atSender("receiveResponse"), ReplyFailure.RECIPIENT_FAILURE, 418);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests: their answers, their failures, and conversations that go on. */
class RequestContractTest extends BusContract {
    private static final DeliveryOptions SHORT = new DeliveryOptions().setSendTimeout(200);

    private Future<Message<Object>> request(String body) {
        return sender.request(address, body);
    }

    private static ReplyException refusal(Future<?> future) {
        Throwable failure = failure(future);
        assertThat(failure).isInstanceOf(ReplyException.class);
        return (ReplyException) failure;
    }

    private static void assertRefused(Future<?> future, int code, String text) {
        ReplyException refusal = refusal(future);
        assertThat(refusal.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(refusal.failureCode()).isEqualTo(code);
        assertThat(refusal).hasMessage(text);
    }

    private static void assertTimesOut(Future<?> future) {
        assertThat(refusal(future).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
    }

    /** What the consumer gets to see of a request that it then answers itself. */
    private Promise<Message<Object>> arrival() {
        Promise<Message<Object>> arrived = Promise.promise();
        consume(arrived::tryComplete);
        return arrived;
    }

    @Test
    void request_isAnswered() {
        this.<String>consume(message -> message.reply("Hello " + message.body()));
        assertThat(await(request("Ada")).body()).isEqualTo("Hello Ada");
    }

    @Test
    void request_withoutABody_isAnsweredWithoutABody() {
        consume(message -> message.reply(message.body()));
        assertThat(await(sender.request(address, null)).body()).isNull();
    }

    @Test
    void request_withOptions_carriesHeadersThereAndBack() {
        consume(message -> message.reply("x", new DeliveryOptions().setHeaders(message.headers())));
        DeliveryOptions options = new DeliveryOptions().addHeader("colour", "red");
        assertThat(await(sender.request(address, "x", options)).headers().get("colour"))
                .isEqualTo("red");
    }

    @Test
    void request_withoutConsumers_failsAtOnce() {
        ReplyException refusal = refusal(request("x"));
        assertThat(refusal.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
        assertThat(refusal.failureCode()).isEqualTo(-1);
        assertThat(refusal).hasMessage("No handlers for address " + address);
    }

    @Test
    void request_toNoAddress_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.request(null, "x"));
        assertThatNullPointerException().isThrownBy(() -> sender.request(null, "x", SHORT));
    }

    @Test
    void request_withNullOptions_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.request(address, "x", null));
    }

    @Test
    void request_ofASilentConsumer_timesOut() {
        consume(message -> {});
        ReplyException refusal = refusal(sender.request(address, "x", SHORT));
        assertThat(refusal.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(refusal.failureCode()).isEqualTo(-1);
    }

    @Test
    void fail_failsTheRequest() {
        consume(message -> message.fail(42, "no"));
        assertRefused(request("x"), 42, "no");
    }

    @Test
    void fail_withoutAMessage_failsTheRequestWithoutOne() {
        consume(message -> message.fail(-7, null));
        ReplyException refusal = refusal(request("x"));
        assertThat(refusal.failureCode()).isEqualTo(-7);
        assertThat(refusal).hasMessage(null);
    }

    @Test
    void fail_onASend_doesNothing() {
        Promise<Message<Object>> arrived = arrival();
        sender.send(address, "x");
        await(arrived.future()).fail(1, "no");
    }

    @Test
    void reply_withAReplyException_failsTheRequest() {
        consume(message -> message.reply(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 9, "as a body")));
        assertRefused(request("x"), 9, "as a body");
    }

    @Test
    void reply_givenTwice_countsOnce() {
        this.<String>consume(message -> {
            message.reply("first of " + message.body());
            message.reply("second of " + message.body());
        });
        assertThat(await(request("x")).body()).isEqualTo("first of x");
        assertThat(await(request("y")).body()).isEqualTo("first of y");
    }

    @Test
    void reply_afterTheTimeout_isIgnored() {
        Promise<Message<Object>> arrived = arrival();
        Future<Message<Object>> answer = sender.request(address, "x", SHORT);
        assertTimesOut(answer);
        await(arrived.future()).reply("late");
        assertTimesOut(answer);
    }

    @Test
    void reply_fromAnotherThread_answers() {
        Promise<Message<Object>> arrived = arrival();
        Future<Message<Object>> answer = request("x");
        await(arrived.future()).reply("from the test");
        assertThat(await(answer).body()).isEqualTo("from the test");
    }

    @Test
    void reply_onASend_doesNothing() {
        Promise<Message<Object>> arrived = arrival();
        sender.send(address, "x");
        await(arrived.future()).reply("unasked");
    }

    @Test
    void replyAndRequest_onASend_isIllegal() {
        Promise<Message<Object>> arrived = arrival();
        sender.send(address, "x");
        Message<Object> message = await(arrived.future());
        assertThatIllegalStateException().isThrownBy(() -> message.replyAndRequest("x"));
    }

    @Test
    void reply_describesItself() {
        consume(message -> message.reply(message.replyAddress()));
        Message<Object> reply = await(request("x"));
        assertThat(reply.isSend()).isTrue();
        assertThat(reply.address()).isEqualTo(reply.body());
        assertThat(reply.replyAddress()).isNull();
    }

    @Test
    void reply_thatAsksBack_hasAReplyAddressOfItsOwn() {
        consume(message -> message.replyAndRequest(message.replyAddress()));
        Message<Object> reply = await(request("x"));
        assertThat(reply.isSend()).isTrue();
        assertThat(reply.address()).isEqualTo(reply.body());
        assertThat(reply.replyAddress()).isNotEmpty().isNotEqualTo(reply.address());
        reply.reply("done");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 10})
    void replyAndRequest_chains(int length) {
        Promise<Integer> last = Promise.promise();
        this.<Integer>consume(message -> answer(message, last));
        sender.<Integer>request(address, length).onSuccess(reply -> answer(reply, last));
        assertThat(await(last.future())).isZero();
    }

    /** Counts down by turns; the last to be asked does not ask back. */
    private static void answer(Message<Integer> message, Promise<Integer> last) {
        switch (message.body()) {
            case 0 -> last.complete(0);
            case 1 -> message.reply(0);
            default -> message.<Integer>replyAndRequest(message.body() - 1).onSuccess(next -> answer(next, last));
        }
    }

    @Test
    void replyAndRequest_withOptions_carriesHeaders() {
        consume(message -> message.replyAndRequest("x", new DeliveryOptions().addHeader("colour", "red")));
        Message<Object> reply = await(request("x"));
        assertThat(reply.headers().get("colour")).isEqualTo("red");
        reply.reply("done");
    }

    @Test
    void fail_insideAChain_failsTheLastRequest() {
        Promise<Message<Object>> answer = Promise.promise();
        consume(message -> message.replyAndRequest("go on").onComplete(answer));
        await(request("x")).fail(7, "enough");
        assertRefused(answer.future(), 7, "enough");
    }

    @Test
    void timeout_insideAChain_failsTheLastRequest() {
        Promise<Message<Object>> answer = Promise.promise();
        consume(message -> message.replyAndRequest("go on", SHORT).onComplete(answer));
        assertThat(await(request("x")).body()).isEqualTo("go on");
        assertTimesOut(answer.future());
    }

    @Test
    void requests_atTheSameTime_eachGetTheirOwnAnswer() {
        this.<Integer>consume(message -> message.reply(-message.body()));
        List<Future<Object>> answers = IntStream.range(0, 500)
                .mapToObj(i -> sender.request(address, i).map(Message::body))
                .toList();
        assertThat(await(Future.all(answers)).<Integer>list())
                .containsExactlyElementsOf(
                        IntStream.range(0, 500).map(i -> -i).boxed().toList());
    }

    @Test
    void requests_answeredInReverse_eachGetTheirOwnAnswer() {
        List<Message<Integer>> held = new CopyOnWriteArrayList<>();
        this.<Integer>consume(held::add);
        List<Future<Object>> answers = IntStream.range(0, 10)
                .mapToObj(i -> sender.request(address, i).map(Message::body))
                .toList();
        await().until(() -> held.size() == 10);
        for (int i = 9; i >= 0; i--) {
            held.get(i).reply(held.get(i).body());
        }
        assertThat(await(Future.all(answers)).<Integer>list()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void consumer_thatThrows_letsTheRequestTimeOutAndGoesOn() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        receiverVertx.exceptionHandler(thrown::add);
        try {
            this.<String>consume(message -> {
                if (message.body().equals("bad")) {
                    throw new IllegalArgumentException("thrown by the handler");
                }
                message.reply("good");
            });
            assertTimesOut(sender.request(address, "bad", SHORT));
            assertThat(await(request("fine")).body()).isEqualTo("good");
            assertThat(thrown).singleElement().satisfies(cause -> assertThat(cause)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("thrown by the handler"));
        } finally {
            receiverVertx.exceptionHandler(null);
        }
    }

    @Test
    void request_completesOnTheCallersContext() {
        consume(message -> message.reply("x"));
        Context context = senderVertx.getOrCreateContext();
        Promise<Context> completed = Promise.promise();
        context.runOnContext(run -> request("x").onComplete(answer -> completed.complete(Vertx.currentContext())));
        assertThat(await(completed.future())).isSameAs(context);
    }

    @Test
    void request_thatFails_completesOnTheCallersContext() {
        Context context = senderVertx.getOrCreateContext();
        Promise<Context> completed = Promise.promise();
        context.runOnContext(run -> request("x").onComplete(answer -> completed.complete(Vertx.currentContext())));
        assertThat(await(completed.future())).isSameAs(context);
    }

    @Test
    void request_fromAThreadOfItsOwn_isAnsweredOnAnEventLoop() {
        consume(message -> message.reply("x"));
        CompletableFuture<Boolean> onEventLoop = new CompletableFuture<>();
        new Thread(() -> request("x").onComplete(answer -> onEventLoop.complete(Context.isOnEventLoopThread())))
                .start();
        assertThat(onEventLoop).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(true);
    }
}

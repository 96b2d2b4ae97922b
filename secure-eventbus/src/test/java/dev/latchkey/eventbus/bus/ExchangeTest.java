// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request ends with, for each way that its answer may come. */
class ExchangeTest extends GuardedTest {
    private final Promise<Message<Object>> plain = Promise.promise();
    private Exchange exchange;
    private RequestCarrier request;

    @BeforeEach
    void ask() throws Refusal {
        exchange = new Exchange(guard);
        request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        guard.expect(REPLY, request);
    }

    private Future<Message<Object>> answer() {
        return exchange.answer(request, plain::future);
    }

    private static Throwable failure(Future<?> answer) throws Exception {
        return answer.transform(done -> Future.succeededFuture(done.cause()))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
    }

    private static DenialReason reason(Future<?> answer) throws Exception {
        return ((DeniedException) failure(answer)).reason();
    }

    private static ReplyException told(DenialReason reason) {
        return new ReplyException(ReplyFailure.RECIPIENT_FAILURE, reason.code(), reason.text());
    }

    private ArrivingMessage arrived(Object body) {
        Delivery delivery = Delivery.fromHere(request);
        Content content = new Content(CodecManager.STRING_MESSAGE_CODEC, body, null);
        delivery.open(content, request.session());
        return ArrivingMessage.of(guard.codec(), REPLY, null, delivery);
    }

    @Test
    void answered_bringsIt_andNobodyWaitsAnyMore() throws Exception {
        Future<Message<Object>> answer = answer();
        plain.complete(arrived("secret"));
        assertThat(done(answer).body()).isEqualTo("secret");
        assertThat(guard.pending(REPLY)).isNull();
    }

    @Test
    void answer_neverOpened_isTampered() throws Exception {
        Future<Message<Object>> answer = answer();
        plain.complete(ArrivingMessage.of(guard.codec(), REPLY, null, Delivery.fromHere(request)));
        assertThat(reason(answer)).isEqualTo(DenialReason.TAMPERED);
    }

    @Test
    void answer_thatIsNoDelivery_isTampered() throws Exception {
        Future<Message<Object>> answer = answer();
        plain.complete(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, REPLY, null, "plain"));
        assertThat(reason(answer)).isEqualTo(DenialReason.TAMPERED);
    }

    @Test
    void answer_thatIsARefusal_isDenied() throws Exception {
        Future<Message<Object>> answer = answer();
        plain.complete(arrived(told(DenialReason.STALE_EPOCH)));
        assertThat(reason(answer)).isEqualTo(DenialReason.STALE_EPOCH);
    }

    @Test
    void answer_thatIsAFailureOfAHandler_isThatFailure() throws Exception {
        Future<Message<Object>> answer = answer();
        ReplyException own = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 7, "no");
        plain.complete(arrived(own));
        assertThat(failure(answer)).isSameAs(own);
    }

    @Test
    void failure_ofThisJvm_isThatFailure() throws Exception {
        Future<Message<Object>> answer = answer();
        ReplyException timeout = new ReplyException(ReplyFailure.TIMEOUT, "late");
        plain.fail(timeout);
        assertThat(failure(answer)).isSameAs(timeout);
        assertThat(guard.pending(REPLY)).isNull();
    }

    @Test
    void failure_ofAnApplicationsOwnKind_keepsItsKind() throws Exception {
        Future<Message<Object>> answer = answer();
        ReplyException own =
                new ReplyException(ReplyFailure.RECIPIENT_FAILURE, DenialReason.STALE_EPOCH.code(), "own") {};
        plain.fail(own);
        assertThat(failure(answer)).isSameAs(own);
    }

    @Test
    void failure_thatNobodyVouchesFor_saysSo() throws Exception {
        requireNonNull(guard.pending(REPLY)).noteUnauthenticatedFailure();
        Future<Message<Object>> answer = answer();
        plain.fail(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 7, "forged"));
        assertThat(reason(answer)).isEqualTo(DenialReason.UNAUTHENTICATED_FAILURE);
    }

    @Test
    void refusal_thatNobodyVouchesFor_isDenied() throws Exception {
        requireNonNull(guard.pending(REPLY)).noteUnauthenticatedFailure();
        Future<Message<Object>> answer = answer();
        plain.fail(told(DenialReason.UNKNOWN_TOKEN));
        assertThat(reason(answer)).isEqualTo(DenialReason.UNKNOWN_TOKEN);
    }

    @Test
    void denied_beforeTheAnswer_endsTheWaitAtOnce() throws Exception {
        Future<Message<Object>> answer = answer();
        request.deny(DenialReason.LEFT);
        assertThat(reason(answer)).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void denied_andFailed_tellsOfTheDenial() throws Exception {
        request.deny(DenialReason.LEFT);
        Future<Message<Object>> answer = answer();
        plain.fail("no");
        assertThat(reason(answer)).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void neverAllowed_failed_isThatFailure() throws Exception {
        RequestCarrier stopped = new RequestCarrier(member, text("x"));
        Future<Message<Object>> answer = exchange.answer(stopped, () -> Future.failedFuture("no"));
        assertThat(failure(answer)).hasMessage("no");
        assertThat(reason(exchange.denied(DenialReason.LEFT))).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void patience_isToldOnlyWhenItIsLong() {
        assertThat(Exchange.patience(new DeliveryOptions())).isZero();
        assertThat(Exchange.patience(new DeliveryOptions().setSendTimeout(30_001)))
                .isEqualTo(30_001);
        assertThat(Exchange.patience(new DeliveryOptions().setSendTimeout(Long.MAX_VALUE)))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void reply_isUnderTheSession_withItsHeadersAndPatience() {
        DeliveryOptions options = new DeliveryOptions().addHeader("a", "1").setSendTimeout(60_000);
        ReplyCarrier reply = exchange.reply(request.session(), "x", options, true);
        assertThat(reply.session()).isSameAs(request.session());
        assertThat(reply.body()).isEqualTo("x");
        assertThat(reply.headers().get("a")).isEqualTo("1");
        assertThat(reply.content().patience()).isEqualTo(60_000);
    }

    @Test
    void refuse_tellsTheReasonUnderSeal() {
        ArrivingMessage message = arriving(request(envelope()));
        exchange.refuse(message, request.session(), DenialReason.NOT_A_PROVIDER);
        assertThat(message.replies).singleElement().isInstanceOfSatisfying(ReplyCarrier.class, reply -> assertThat(
                        reply.body())
                .isInstanceOfSatisfying(ReplyException.class, failure -> {
                    assertThat(failure.failureCode()).isEqualTo(DenialReason.NOT_A_PROVIDER.code());
                    assertThat(failure.getMessage()).isEqualTo(DenialReason.NOT_A_PROVIDER.text());
                    assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
                }));
    }

    @Test
    void isLocal_unlessItCameFromTheWire() {
        assertThat(Exchange.isLocal(arriving(request(envelope())))).isTrue();
        assertThat(exchange.refusals()).isSameAs(guard.refusals());
    }
}

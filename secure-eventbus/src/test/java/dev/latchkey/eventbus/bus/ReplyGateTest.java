// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways to answer a request that waits, for somebody who was not asked. */
class ReplyGateTest extends GuardedTest {
    private static final Envelope ANSWER = new Envelope(REPLY, null, true);

    private CallerSession ours;
    private ProviderSession provider;

    @BeforeEach
    void expectAnAnswer() throws Refusal {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        ours = request.session();
        try (SaltedBox box = orchestrator.issuing.box()) {
            provider = ProviderSession.admit(ours.token(), box, new ReplayBudget(new Bounds()));
        }
        guard.expect(REPLY, request);
    }

    private ArrivingMessage pass(ArrivingMessage message) {
        new InboundInterceptor(guard).handle(message);
        return message;
    }

    private static byte[] sealed(Session by, Envelope envelope, Content content) {
        return Sealing.frame(by.replies(), BusFixture.NOW, envelope, ContentFormat.write(content));
    }

    private ArrivingMessage answer(byte[] frame) {
        return ArrivingMessage.sealed(guard, REPLY, null, frame);
    }

    private void assertDropped(ArrivingMessage message, DenialReason reason) {
        assertThat(message.passed).isZero();
        assertThat(message.replies).isEmpty();
        assertThat(guard.refused()).containsEntry(reason, 1L);
        assertThat(guard.pending(REPLY)).isNotNull();
    }

    @Test
    void answer_ofTheProvider_passes() {
        assertPassed(pass(answer(sealed(provider, ANSWER, text("secret")))));
        assertThat(guard.opened().sum()).isOne();
    }

    @Test
    void answer_whoseBodySomebodyAskedForBefore_passes() {
        ArrivingMessage message = answer(sealed(provider, ANSWER, text("secret")));
        assertThat(message.delivery().opened()).isNull();
        assertPassed(pass(message));
    }

    @Test
    void forgery_whoseBodySomebodyAskedForBefore_isDropped() {
        ArrivingMessage message = answer(sealed(provider, envelope(), text("secret")));
        assertThat(message.delivery().opened()).isNull();
        assertDropped(pass(message), DenialReason.TAMPERED);
    }

    @Test
    void answer_underAnotherSession_isTampered() throws Refusal {
        byte[] forged = sealed(BusFixture.provider(orchestrator.issuing, token), ANSWER, text("secret"));
        assertDropped(pass(answer(forged)), DenialReason.TAMPERED);
    }

    @Test
    void answer_toAnotherAddress_isTampered() {
        byte[] moved = sealed(provider, new Envelope("elsewhere", null, true), text("secret"));
        assertDropped(pass(answer(moved)), DenialReason.TAMPERED);
    }

    @Test
    void answer_reflectedFromTheCallersOwn_isTampered() {
        assertDropped(pass(answer(sealed(ours, ANSWER, text("secret")))), DenialReason.TAMPERED);
    }

    @Test
    void answer_afterAForgery_stillPasses() {
        pass(answer(sealed(ours, ANSWER, text("forged"))));
        assertPassed(pass(answer(sealed(provider, ANSWER, text("secret")))));
    }

    @Test
    void request_asAnAnswer_isMalformed() {
        byte[] request = Sealing.frame(ours, BusFixture.NOW, ANSWER, ContentFormat.write(text("secret")));
        assertDropped(pass(answer(request)), DenialReason.MALFORMED);
    }

    @Test
    void garbage_asAnAnswer_isMalformed() {
        assertDropped(pass(answer(new byte[] {1, 2, 3})), DenialReason.MALFORMED);
    }

    @Test
    void body_ofOurCodecThatIsNoDelivery_isMalformed() {
        assertDropped(pass(ArrivingMessage.of(guard.codec(), REPLY, null, "plain")), DenialReason.MALFORMED);
    }

    @Test
    void plaintext_asAnAnswer_isDropped() {
        ArrivingMessage message = ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, REPLY, null, "plain");
        assertDropped(pass(message), DenialReason.PLAINTEXT);
    }

    @Test
    void failure_underSeal_isTheFailureAtOnce() {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 7, "no");
        Content content = Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure, null);
        ArrivingMessage message = pass(answer(sealed(provider, ANSWER, content)));
        assertThat(message.passed).isOne();
        assertThat(((ReplyException) message.body()).failureCode()).isEqualTo(7);
    }

    @Test
    void answer_whoseBodyCannotBeRead_endsTheWaitAsAFailure() {
        byte[] frame = Sealing.frame(provider.replies(), BusFixture.NOW, ANSWER, new byte[] {1, 2, 3});
        ArrivingMessage message = pass(answer(frame));
        assertThat(message.passed).isOne();
        assertThat(((DeniedException) message.body()).reason()).isEqualTo(DenialReason.UNREADABLE_BODY);
    }

    @Test
    void answer_thatAsksAgainPatiently_keepsTheSession() {
        Envelope asking = new Envelope(REPLY, "__vertx.reply.2", true);
        byte[] frame = sealed(provider, asking, text("secret").withPatience(1_000_000));
        assertPassed(pass(ArrivingMessage.sealed(guard, REPLY, "__vertx.reply.2", frame)));
        assertThat(ours.isOver(BusFixture.NOW + 1_000_000)).isFalse();
        assertThat(ours.isOver(BusFixture.NOW + 1_000_001)).isTrue();
    }

    @Test
    void answer_patientButFinal_keepsNothing() {
        assertPassed(pass(answer(sealed(provider, ANSWER, text("secret").withPatience(1_000_000)))));
        assertThat(ours.isOver(BusFixture.NOW + 1_000_000)).isTrue();
    }

    @Test
    void plaintextFailure_isHeldBackAndCountsOnce() {
        ArrivingMessage first = pass(failure());
        ArrivingMessage second = pass(failure());
        assertThat(first.passed).isZero();
        PendingReply pending = requireNonNull(guard.pending(REPLY));
        assertThat(pending.failedUnauthenticated()).isTrue();
        await().until(() -> first.passed == 1);
        assertThat(second.passed).isZero();
    }

    @Test
    void answer_thatOvertakesAPlaintextFailure_isBelieved() {
        pass(failure());
        assertPassed(pass(answer(sealed(provider, ANSWER, text("secret")))));
        assertThat(requireNonNull(guard.pending(REPLY)).failedUnauthenticated()).isFalse();
    }

    private static ArrivingMessage failure() {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 1, "forged");
        return ArrivingMessage.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, REPLY, null, failure);
    }

    private ArrivingMessage local(Carrier carrier) {
        return ArrivingMessage.of(guard.codec(), REPLY, null, Delivery.fromHere(carrier));
    }

    private ReplyCarrier reply(Session session) {
        ReplyCarrier carrier = new ReplyCarrier(session, text("secret"), guard.time());
        carrier.allow(ANSWER);
        return carrier;
    }

    @Test
    void local_underTheRequestsSession_passes() {
        assertPassed(pass(local(reply(ours))));
    }

    @Test
    void local_underAnotherSession_isMalformed() {
        assertDropped(pass(local(reply(provider))), DenialReason.MALFORMED);
    }

    @Test
    void local_neverAllowed_isMalformed() {
        assertDropped(pass(local(new ReplyCarrier(ours, text("secret"), guard.time()))), DenialReason.MALFORMED);
    }

    @Test
    void local_requestAsAnAnswer_isMalformed() throws Refusal {
        RequestCarrier carrier = new RequestCarrier(member, text("secret"));
        carrier.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        carrier.allow(ANSWER);
        assertDropped(pass(local(carrier)), DenialReason.MALFORMED);
    }

    @Test
    void answer_afterTheSessionEnded_isDropped() {
        byte[] frame = sealed(provider, ANSWER, text("secret"));
        ours.end(DenialReason.EXPIRED);
        assertDropped(pass(answer(frame)), DenialReason.EXPIRED);
    }

    @Test
    void failUnanswerable_sessionEnded_tellsTheOneWhoWaits() throws Refusal {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        guard.expect("__vertx.reply.3", request);
        assertThat(request.denial()).isNull();
        request.session().end(DenialReason.LEFT);
        guard.failUnanswerable();
        assertThat(requireNonNull(request.denial()).reason()).isEqualTo(DenialReason.LEFT);
    }

    @Test
    void expect_sessionEndedBefore_tellsAtOnce() throws Refusal {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        request.session().end(DenialReason.EXPIRED);
        guard.expect("__vertx.reply.3", request);
        assertThat(requireNonNull(request.denial()).reason()).isEqualTo(DenialReason.EXPIRED);
    }

    @Test
    void forget_afterwards_nobodyWaits() {
        assertThat(guard.forget(REPLY)).isNotNull();
        assertThat(guard.pending(REPLY)).isNull();
        assertThat(guard.forget(REPLY)).isNull();
    }

    @Test
    void answer_atWhichACheckFailsUnforeseen_isDropped() {
        ArrivingMessage message =
                answer(sealed(provider, ANSWER, text("secret"))).failing(new IllegalStateException("unforeseen"));
        assertDropped(pass(message), DenialReason.MALFORMED);
    }
}

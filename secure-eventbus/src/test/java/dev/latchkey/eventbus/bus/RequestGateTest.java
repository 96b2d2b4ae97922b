// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.internal.VertxInternal;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ways to get a message past the gate of a provider. */
class RequestGateTest extends GuardedTest {
    private InboundInterceptor gate;

    @BeforeEach
    void build() {
        // One for all messages of a test, as it is what holds those that wait.
        gate = new InboundInterceptor(guard);
    }

    private ArrivingMessage pass(ArrivingMessage message) {
        gate.handle(message);
        return message;
    }

    private ServiceToken tokenOf(GrantMaker grant) {
        return orchestrator.issuing.mint(grant.id(new TokenId(99, 2)).make());
    }

    private byte[] requestUnder(ServiceToken other, Envelope envelope) {
        CallerSession session = CallerSession.derive(other, orchestrator.issuing.seed);
        return Sealing.frame(session, BusFixture.NOW, envelope, ContentFormat.write(text("secret")));
    }

    @Test
    void request_ofTheCaller_passes() {
        assertPassed(pass(arriving(request(envelope()))));
    }

    @Test
    void request_expectingNoAnswer_passes() {
        assertPassed(pass(ArrivingMessage.sealed(guard, ADDRESS, null, request(envelope(null)))));
    }

    @Test
    void plaintext_atAStrictAddress_isRefusedUnread() {
        ArrivingMessage message = ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, REPLY, "plain");
        assertRefused(pass(message), DenialReason.PLAINTEXT);
    }

    @Test
    void plaintext_expectingNoAnswer_isRefusedInSilence() {
        ArrivingMessage message = pass(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, null, "plain"));
        assertThat(message.replies).isEmpty();
        assertThat(message.passed).isZero();
        assertThat(guard.refused()).containsEntry(DenialReason.PLAINTEXT, 1L);
    }

    @Test
    void body_ofOurCodecThatIsNoDelivery_isMalformed() {
        assertRefused(pass(ArrivingMessage.of(guard.codec(), ADDRESS, REPLY, "plain")), DenialReason.MALFORMED);
    }

    @Test
    void frame_thatIsNone_isMalformed() {
        assertRefused(pass(arriving(new byte[] {7, 7, 7})), DenialReason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "01", "0000", "ff"})
    void frame_ofHardlyAnyBytes_isMalformed(String hex) {
        assertRefused(pass(arriving(HexFormat.of().parseHex(hex))), DenialReason.MALFORMED);
    }

    @Test
    void frame_ofAReply_isMalformed() {
        byte[] reply = Sealing.frame(caller.replies(), BusFixture.NOW, envelope(), ContentFormat.write(text("secret")));
        assertRefused(pass(arriving(reply)), DenialReason.MALFORMED);
    }

    @Test
    void request_whereNobodyProvides_isNotForAProvider() throws Exception {
        done(member.leave());
        assertRefused(pass(arriving(request(envelope()))), DenialReason.NOT_A_PROVIDER);
    }

    @Test
    void request_movedToAnotherAddressOfItsScope_isTampered() {
        ArrivingMessage moved = ArrivingMessage.sealed(guard, "image.batch.1", REPLY, request(envelope()));
        assertRefused(pass(moved), DenialReason.TAMPERED);
    }

    @Test
    void request_withAnotherReplyAddress_isTampered() {
        ArrivingMessage moved = ArrivingMessage.sealed(guard, ADDRESS, "evil", request(envelope()));
        assertRefused(pass(moved), DenialReason.TAMPERED);
    }

    @Test
    void send_deliveredAsAPublish_isTampered() {
        Buffer frame = Buffer.buffer(request(envelope()));
        assertRefused(pass(ArrivingMessage.sealed(guard, ADDRESS, REPLY, false, frame)), DenialReason.TAMPERED);
    }

    @Test
    void request_anyLastByteChanged_isTampered() {
        byte[] frame = request(envelope());
        frame[frame.length - 1] ^= 1;
        assertRefused(pass(arriving(frame)), DenialReason.TAMPERED);
    }

    @Test
    void request_atAnAddressOutsideTheTokensScope_isOutOfScope() {
        Envelope other = new Envelope("image.other", REPLY, true);
        ArrivingMessage message = ArrivingMessage.sealed(guard, "image.other", REPLY, request(other));
        assertRefused(pass(message), DenialReason.OUT_OF_SCOPE);
    }

    @Test
    void request_underATokenOfAnotherOperation_isOutOfScope() throws Exception {
        member(Set.of("calculate_risk"), Set.of());
        ServiceToken risk = tokenOf(new GrantMaker().operation("calculate_risk"));
        assertRefused(pass(arriving(requestUnder(risk, envelope()))), DenialReason.OUT_OF_SCOPE);
    }

    @Test
    void request_underAnExpiredToken_isExpired() {
        byte[] frame = request(envelope(), GrantMaker.EXPIRES * 1000 + 2_000);
        orchestrator.clock.set(GrantMaker.EXPIRES * 1000 + 2_000);
        assertRefused(pass(arriving(frame)), DenialReason.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_000, 0, 60_000})
    void request_asOldAsAMessageMayBe_passes(long age) {
        assertPassed(pass(arriving(request(envelope(), BusFixture.NOW - age))));
    }

    @ParameterizedTest
    @ValueSource(longs = {-60_001, 60_001})
    void request_olderOrFromTheFuture_isStale(long age) {
        assertRefused(pass(arriving(request(envelope(), BusFixture.NOW - age))), DenialReason.STALE_MESSAGE);
    }

    @Test
    void request_twice_isAReplay() {
        byte[] frame = request(envelope());
        assertPassed(pass(arriving(frame)));
        assertRefused(pass(arriving(frame)), DenialReason.REPLAYED);
    }

    /** Under the next token of the same instance, as it is sent again. */
    private byte[] inPlaceOf(SentName first) {
        ServiceToken next = tokenOf(new GrantMaker().timestamp(GrantMaker.TIMESTAMP + 1));
        CallerSession session = CallerSession.derive(next, orchestrator.issuing.seed);
        byte[] content = ContentFormat.write(text("secret").standingFor(first));
        return Sealing.frame(session, BusFixture.NOW, envelope(), content);
    }

    /** The first one's token is not known yet when the second arrives, so no memory of its numbers can tell. */
    @Test
    void request_afterAnotherInItsPlace_isAReplay() {
        byte[] first = request(envelope());
        assertPassed(pass(arriving(inPlaceOf(new SentName(token.id(), 0)))));
        assertRefused(pass(arriving(first)), DenialReason.REPLAYED);
        assertPassed(pass(arriving(request(envelope()))));
    }

    @Test
    void request_inThePlaceOfOneThatWasTaken_isAReplay() {
        assertPassed(pass(arriving(request(envelope()))));
        assertRefused(pass(arriving(inPlaceOf(new SentName(token.id(), 0)))), DenialReason.REPLAYED);
    }

    @Test
    void request_thatPasses_isCountedAsOpened() {
        pass(arriving(request(envelope())));
        assertThat(guard.opened().sum()).isOne();
    }

    /** Its handlers here have it from within, so what comes over the wire was recorded on its way to another node. */
    @Test
    void publish_ofAnInstanceOfThisJvm_fromTheWire_isAReplay() throws Refusal {
        assertPassed(pass(published(caller)));
        CallerSession own = member.session(requireNonNull(guard.operationAt(ADDRESS)));
        ArrivingMessage replayed = pass(published(own));
        assertThat(replayed.passed).isZero();
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 1L);
    }

    @Test
    void publish_ofAnInstanceThatHasLeftThisJvm_fromTheWire_isAReplay() throws Exception {
        byte[] recorded = frame(member.session(requireNonNull(guard.operationAt(ADDRESS))));
        Member other = member(Set.of("process_image"), Set.of());
        assertThat(other.provides()).isNotEmpty();
        done(member.leave());
        assertThat(pass(ArrivingMessage.sealed(guard, ADDRESS, null, false, Buffer.buffer(recorded))).passed)
                .isZero();
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 1L);
    }

    private ArrivingMessage published(CallerSession session) {
        return ArrivingMessage.sealed(guard, ADDRESS, null, false, Buffer.buffer(frame(session)));
    }

    private static byte[] frame(CallerSession session) {
        Envelope envelope = new Envelope(ADDRESS, null, false);
        return Sealing.frame(session, BusFixture.NOW, envelope, ContentFormat.write(text("secret")));
    }

    @Test
    void publish_copiesOfOneArrival_passAndASecondArrivalIsAReplay() {
        byte[] bytes = request(new Envelope(ADDRESS, null, false));
        Buffer arrival = Buffer.buffer(bytes);
        assertPassed(pass(ArrivingMessage.sealed(guard, ADDRESS, null, false, arrival)));
        assertPassed(pass(ArrivingMessage.sealed(guard, ADDRESS, null, false, arrival)));
        ArrivingMessage again = pass(ArrivingMessage.sealed(guard, ADDRESS, null, false, Buffer.buffer(bytes)));
        assertThat(again.passed).isZero();
        assertThat(guard.refused()).containsEntry(DenialReason.REPLAYED, 1L);
    }

    @Test
    void request_whoseBodyCannotBeRead_isRefusedUnderSeal() {
        byte[] frame = Sealing.frame(caller, BusFixture.NOW, envelope(), new byte[] {1, 2, 3});
        ArrivingMessage message = pass(arriving(frame));
        assertThat(message.passed).isZero();
        assertThat(message.replies).hasSize(1);
        ReplyCarrier answer = (ReplyCarrier) message.replies.get(0);
        assertThat(((ReplyException) requireNonNull(answer.body())).failureCode())
                .isEqualTo(DenialReason.UNREADABLE_BODY.code());
    }

    @Test
    void request_ofAPatientCaller_keepsItsSessionForTheAnswer() throws Refusal {
        byte[] patient = ContentFormat.write(text("secret").withPatience(1_000_000));
        ArrivingMessage message = arriving(Sealing.frame(caller, BusFixture.NOW, envelope(), patient));
        assertPassed(pass(message));
        Session session = requireNonNull(message.delivery().opened()).session();
        assertThat(session.isOver(BusFixture.NOW + 1_000_000)).isFalse();
        assertThat(session.isOver(BusFixture.NOW + 1_000_001)).isTrue();
    }

    @Test
    void send_ofAPatientSender_keepsNothing() {
        byte[] patient = ContentFormat.write(text("secret").withPatience(1_000_000));
        byte[] frame = Sealing.frame(caller, BusFixture.NOW, envelope(null), patient);
        ArrivingMessage message = ArrivingMessage.sealed(guard, ADDRESS, null, frame);
        assertPassed(pass(message));
        assertThat(requireNonNull(message.delivery().opened()).session().isOver(BusFixture.NOW + 1_000_000))
                .isTrue();
    }

    @Test
    void requests_underAnUnknownToken_waitInOrderUntilItIsFound() {
        List<ArrivingMessage> passed = new CopyOnWriteArrayList<>();
        TokenDesk desk = guard.desk();
        vertx.getOrCreateContext().runOnContext(now -> {
            desk.open(token.id().instanceName(), id -> id.equals(token.id()) ? caller : null);
            for (int i = 0; i < 3; i++) {
                passed.add(pass(arriving(nameOnly())));
            }
        });
        await().until(() -> passed.size() == 3 && passed.stream().allMatch(message -> message.passed == 1));
        passed.forEach(GuardedTest::assertPassed);
    }

    @Test
    void request_underAnUnknownToken_goesOnWhenALaterOneCarriesIt() {
        List<ArrivingMessage> passed = new CopyOnWriteArrayList<>();
        List<Object> asked = new CopyOnWriteArrayList<>();
        byte[] carrying = request(envelope());
        vertx.getOrCreateContext().runOnContext(now -> {
            // Nobody ever answers for the token.
            vertx.eventBus().consumer("latchkey.tokens." + token.id().instanceName(), asked::add);
            passed.add(pass(arriving(nameOnly())));
            passed.add(pass(arriving(carrying)));
        });
        await().until(() -> passed.size() == 2 && passed.stream().allMatch(message -> message.passed == 1));
        // Once: the search ended before it was given up, which is after four questions.
        assertThat(asked).hasSize(1);
    }

    @Test
    void request_underATokenThatNobodyKnows_isRefusedInTheEnd() {
        List<ArrivingMessage> refused = new CopyOnWriteArrayList<>();
        byte[] frame = nameOnly();
        vertx.getOrCreateContext().runOnContext(now -> refused.add(pass(arriving(frame))));
        await().until(() -> refused.size() == 1 && refused.get(0).replies.size() == 1);
        assertRefused(refused.get(0), DenialReason.UNKNOWN_TOKEN);
    }

    @Test
    void request_underAnUnknownTokenOffAnyContext_isRefusedAsOverload() {
        assertRefused(pass(arriving(nameOnly())), DenialReason.OVERLOADED);
        assertThat(guard.bounds().of(Bound.HELD_MESSAGES)).isEqualTo(1);
    }

    /** What is kept of a small frame is all that came with it. */
    @Test
    void requests_underAnUnknownToken_areCountedWithWhatStandsBeforeTheirFrames() throws Exception {
        byte[] frame = nameOnly();
        List<ArrivingMessage> messages = Stream.generate(() -> ArrivingMessage.behind(1024 * 1024, guard, REPLY, frame))
                .limit(32)
                .toList();
        onContext(() -> {
            messages.forEach(this::pass);
            assertThat(guard.waiting().messages()).isEqualTo(31);
        });
        assertRefused(messages.get(31), DenialReason.OVERLOADED);
        assertThat(guard.bounds().of(Bound.HELD_MESSAGES)).isEqualTo(1);
    }

    private void onContext(Runnable action) throws Exception {
        Promise<Void> ran = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> {
            try {
                action.run();
                ran.complete();
            } catch (AssertionError e) {
                ran.fail(e);
            }
        });
        done(ran.future());
    }

    @Test
    void request_underANewerKeyOffAnyContext_isStale_soThatItIsSentAgain() {
        assertRefused(pass(arriving(underTheNextKey(1))), DenialReason.STALE_EPOCH);
        assertThat(guard.bounds().of(Bound.HELD_MESSAGES)).isEqualTo(1);
    }

    /** A request under a key that this JVM does not have yet. */
    private byte[] underTheNextKey(int serial) {
        return underTheNextKey(serial, envelope());
    }

    private byte[] underTheNextKey(int serial, Envelope envelope) {
        TokenGrant grant = new GrantMaker()
                .id(new TokenId(99, 1 + serial))
                .timestamp(GrantMaker.TIMESTAMP + serial)
                .epoch(4)
                .make();
        CallerSession next = CallerSession.derive(orchestrator.issuing.mint(grant), orchestrator.issuing.seed);
        return Sealing.frame(next, BusFixture.NOW, envelope, ContentFormat.write(text("secret")));
    }

    /** The same, which expects no answer, and is noted when it passes. */
    private ArrivingMessage sendUnderTheNextKey(int serial, List<ArrivingMessage> passed) {
        ArrivingMessage send = ArrivingMessage.sealed(guard, ADDRESS, null, underTheNextKey(serial, envelope(null)));
        send.whenPassed(() -> passed.add(send));
        return send;
    }

    private void failRenewals() throws Exception {
        orchestrator.answers =
                asked -> new Answer.Denied(orchestrator.clock.millis(), DenialReason.BAD_CREDENTIAL, "no");
        done(member.refreshed().otherwiseEmpty());
    }

    /** Held for the second time. */
    private void awaitHeld(ArrivingMessage... messages) {
        vertx.getOrCreateContext().runOnContext(now -> List.of(messages).forEach(this::pass));
        await().until(() -> guard.searches().count() > 0 && guard.waiting().messages() == messages.length);
    }

    private List<ArrivingMessage> arrive(byte[]... frames) {
        List<ArrivingMessage> arrived = new CopyOnWriteArrayList<>();
        vertx.getOrCreateContext().runOnContext(now -> {
            for (byte[] frame : frames) {
                arrived.add(pass(arriving(frame)));
            }
        });
        await().until(() -> arrived.size() == frames.length
                && arrived.stream().allMatch(message -> message.passed == 1 || message.replies.size() == 1));
        return arrived;
    }

    @Test
    void requests_underANewerKey_waitUntilItHasCome() {
        orchestrator.epoch = 4;
        arrive(underTheNextKey(1), underTheNextKey(2)).forEach(GuardedTest::assertPassed);
        assertThat(orchestrator.asked).hasSize(2);
    }

    /** Has the member begin to renew, on a context of its own. */
    private void missTheNextKey() throws Exception {
        Promise<Void> begun = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> {
            guard.missed(new GrantMaker().epoch(4).make());
            begun.complete();
        });
        done(begun.future());
    }

    /** The key is there a moment before those who wait for it are let go. */
    @Test
    void request_underATokenThatCameLater_passesNoneThatStillWaits() throws Exception {
        List<ArrivingMessage> passed = new CopyOnWriteArrayList<>();
        ArrivingMessage first = arriving(underTheNextKey(1));
        ArrivingMessage renewed = arriving(underTheNextKey(2));
        first.whenPassed(() -> passed.add(first));
        renewed.whenPassed(() -> passed.add(renewed));
        CountDownLatch held = new CountDownLatch(1);
        orchestrator.epoch = 4;
        orchestrator.answers = asked -> {
            await().until(() -> held.getCount() == 0);
            return orchestrator.granted(asked);
        };
        missTheNextKey();
        // Of workers, as the key must come while this one has not gone back to its queue.
        ((VertxInternal) vertx).createWorkerContext().runOnContext(now -> {
            pass(first);
            held.countDown();
            await().until(() -> guard.box("process_image", 4) != null);
            pass(renewed);
        });
        await().until(() -> passed.size() == 2);
        assertThat(passed).containsExactly(first, renewed);
        passed.forEach(GuardedTest::assertPassed);
    }

    @Test
    void request_underANewerKeyThatDoesNotCome_isStale() {
        assertRefused(arrive(underTheNextKey(1)).get(0), DenialReason.STALE_EPOCH);
    }

    @Test
    void request_underANewerKeyWhileNoOrchestratorServes_isStale() throws Exception {
        failRenewals();
        assertRefused(arrive(underTheNextKey(1)).get(0), DenialReason.STALE_EPOCH);
    }

    /** Nobody sends it again. */
    @Test
    void sends_underANewerKeyWhileNoOrchestratorServes_waitForItInOrder() throws Exception {
        List<ArrivingMessage> passed = new CopyOnWriteArrayList<>();
        ArrivingMessage first = sendUnderTheNextKey(1, passed);
        ArrivingMessage renewed = sendUnderTheNextKey(2, passed);
        failRenewals();
        awaitHeld(first, renewed);
        assertRefused(arrive(underTheNextKey(3)).get(0), DenialReason.STALE_EPOCH);
        orchestrator.epoch = 4;
        orchestrator.answers = orchestrator::granted;
        await().until(() -> passed.size() == 2);
        assertThat(passed).containsExactly(first, renewed);
    }

    @Test
    void send_underANewerKeyThatDoesNotComeForLong_isStaleInTheEnd() throws Exception {
        ArrivingMessage send = sendUnderTheNextKey(1, new CopyOnWriteArrayList<>());
        failRenewals();
        awaitHeld(send);
        assertThat(guard.refused()).doesNotContainKey(DenialReason.STALE_EPOCH);
        // Though the clock stands still all the while.
        await().until(() -> guard.refused().containsKey(DenialReason.STALE_EPOCH));
        assertThat(send.passed).isZero();
        assertThat(guard.waiting().messages()).isZero();
    }

    /** A frame of the caller without its token inside: after sixteen, and the first second, it rides along no more. */
    private byte[] nameOnly() {
        for (int i = 0; i < CallerSession.FRESH_MESSAGES; i++) {
            request(envelope());
        }
        return request(envelope(), GrantMaker.TIMESTAMP + CallerSession.FRESH_MILLIS);
    }

    private ArrivingMessage local(Carrier carrier, String address) {
        return ArrivingMessage.of(guard.codec(), address, REPLY, Delivery.fromHere(carrier));
    }

    private RequestCarrier ours() throws Refusal {
        RequestCarrier carrier = new RequestCarrier(member, text("secret"));
        carrier.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        carrier.allow(envelope());
        return carrier;
    }

    @Test
    void local_allowed_passes() throws Refusal {
        assertPassed(pass(local(ours(), ADDRESS)));
    }

    @Test
    void local_neverAllowed_isMalformed() throws Refusal {
        RequestCarrier carrier = new RequestCarrier(member, text("secret"));
        carrier.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        assertRefused(pass(local(carrier, ADDRESS)), DenialReason.MALFORMED);
    }

    @Test
    void local_denied_isMalformed() throws Refusal {
        RequestCarrier carrier = ours();
        carrier.deny(DenialReason.LEFT);
        assertRefused(pass(local(carrier, ADDRESS)), DenialReason.MALFORMED);
    }

    @Test
    void local_answerAsARequest_isMalformed() {
        ReplyCarrier carrier = new ReplyCarrier(caller, text("secret"), guard.time());
        carrier.allow(envelope());
        assertRefused(pass(local(carrier, ADDRESS)), DenialReason.MALFORMED);
    }

    @Test
    void local_atAnotherOperationsAddress_isRefusedUnderNoSeal() throws Exception {
        member(Set.of("calculate_risk"), Set.of());
        assertRefused(pass(local(ours(), "risk.calculate")), DenialReason.OUT_OF_SCOPE);
    }

    @Test
    void local_tokenExpiredUnderWay_isExpired() throws Refusal {
        RequestCarrier carrier = ours();
        orchestrator.clock.set(GrantMaker.EXPIRES * 1000 + 2_000);
        ArrivingMessage message = pass(local(carrier, ADDRESS));
        assertThat(message.passed).isZero();
        assertThat(guard.refused()).containsEntry(DenialReason.EXPIRED, 1L);
        assertThat(message.replies).singleElement().isInstanceOf(ReplyCarrier.class);
    }

    @Test
    void frame_ofAStrangerUnderAKnownToken_isTampered() {
        assertPassed(pass(arriving(request(envelope()))));
        byte[] name = new byte[TokenId.LENGTH];
        token.id().write(name, 0);
        SealingKey key = new SealingKey(SecretBytes.random(32));
        byte[] forged = FrameWriter.request(key, name, new byte[0], BusFixture.NOW, envelope(), new byte[9]);
        assertRefused(pass(arriving(forged)), DenialReason.TAMPERED);
    }

    @Test
    void sealed_atAnAddressOutsidePolicy_isMalformed() {
        ArrivingMessage late = ArrivingMessage.sealed(guard, "nowhere", REPLY, request(envelope()));
        assertRefused(pass(late), DenialReason.MALFORMED);
        ArrivingMessage silent = pass(ArrivingMessage.sealed(guard, "nowhere", null, request(envelope())));
        assertThat(silent.replies).isEmpty();
    }

    @Test
    void plaintext_outsidePolicy_passes() {
        ArrivingMessage message =
                pass(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, "nowhere", REPLY, "plain"));
        assertThat(message.passed).isOne();
        assertThat(guard.observations().snapshot()).isEmpty();
    }

    @Test
    void request_atWhichACheckFailsUnforeseen_isRefused() {
        ArrivingMessage message = arriving(request(envelope())).failing(new IllegalStateException("unforeseen"));
        assertRefused(pass(message), DenialReason.MALFORMED);
    }
}

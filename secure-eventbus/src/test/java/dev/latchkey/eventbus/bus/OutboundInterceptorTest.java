// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.wire.Plaintexts.bytes;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ways to get a message out that must not leave. */
class OutboundInterceptorTest extends GuardedTest {
    private ArrivingMessage leave(ArrivingMessage message) {
        new OutboundInterceptor(guard).handle(message);
        return message;
    }

    private ArrivingMessage leaving(Carrier carrier, String address, @Nullable String replyAddress) {
        return leave(ArrivingMessage.of(guard.codec(), address, replyAddress, carrier));
    }

    private RequestCarrier request() {
        return new RequestCarrier(member, text("secret").withPatience(1_000_000));
    }

    private void assertStopped(ArrivingMessage message, Carrier carrier, DenialReason reason) {
        assertRefused(message, reason);
        assertThat(carrier.isAllowed()).isFalse();
        assertThat(requireNonNull(carrier.denial()).reason()).isEqualTo(reason);
        assertThat(guard.pending(REPLY)).isNull();
    }

    @Test
    void request_ofAnInvitedMember_leavesAndIsExpected() {
        RequestCarrier carrier = request();
        ArrivingMessage message = leaving(carrier, ADDRESS, REPLY);
        assertThat(message.passed).isOne();
        assertThat(carrier.isAllowed()).isTrue();
        assertThat(carrier.replyAddress()).isEqualTo(REPLY);
        assertThat(requireNonNull(guard.pending(REPLY)).session()).isSameAs(carrier.session());
        assertThat(carrier.session().isOver(BusFixture.NOW + 1_000_000)).isFalse();
    }

    @Test
    void send_expectingNoAnswer_leavesAndIsNotExpected() {
        RequestCarrier carrier = request();
        assertThat(leaving(carrier, ADDRESS, null).passed).isOne();
        assertThat(carrier.replyAddress()).isNull();
        assertThat(carrier.session().isOver(BusFixture.NOW + 1_000_000)).isTrue();
    }

    @Test
    void request_atAnAddressThatLeftPolicy_isStopped() {
        RequestCarrier carrier = request();
        assertStopped(leaving(carrier, "nowhere", REPLY), carrier, DenialReason.OUT_OF_SCOPE);
    }

    /** Policy may have come here with another member's token. */
    @Test
    void request_toAnAddressThatTheTokenDoesNotCover_isStopped() {
        guard.update(
                member,
                List.of(FakeOrchestrator.operation("process_image", ADDRESS, "pictures.new"), FakeOrchestrator.RISK),
                Mode.OFF);
        RequestCarrier carrier = request();
        assertStopped(leaving(carrier, "pictures.new", REPLY), carrier, DenialReason.OUT_OF_SCOPE);
    }

    /** What they share must not make one of them pass for another. */
    @Test
    void messages_oneAfterTheOther_areEachSealedForTheirOwnEnvelope() throws Refusal {
        ProviderSession provider = null;
        for (Envelope envelope : List.of(
                new Envelope(ADDRESS, null, true),
                new Envelope(ADDRESS, null, true),
                new Envelope("image.other", null, true),
                new Envelope(ADDRESS, null, false),
                new Envelope(ADDRESS, null, true),
                new Envelope(ADDRESS, REPLY, true),
                new Envelope(ADDRESS, null, true))) {
            RequestCarrier carrier = request();
            leave(ArrivingMessage.leaving(guard, envelope, carrier));
            Buffer out = Buffer.buffer();
            carrier.sealTo(out);
            if (provider == null) {
                provider = BusFixture.provider(
                        orchestrator.issuing, carrier.session().token());
            }
            Frame frame = requireNonNull(Frame.parse(0, out));
            assertThat(bytes(provider.open(frame, envelope))).isNotEmpty();
        }
    }

    @Test
    void request_ofAMemberThatIsNotInvited_isStopped() {
        RequestCarrier carrier = request();
        assertStopped(leaving(carrier, "risk.calculate", REPLY), carrier, DenialReason.NOT_INVITED);
    }

    @Test
    void request_underAnExpiredToken_isStopped() {
        orchestrator.clock.set(GrantMaker.EXPIRES * 1000);
        RequestCarrier carrier = request();
        assertStopped(leaving(carrier, ADDRESS, REPLY), carrier, DenialReason.EXPIRED);
    }

    @Test
    void request_ofAMemberThatLeft_isStopped() throws Exception {
        done(member.leave());
        RequestCarrier carrier = request();
        assertStopped(leaving(carrier, ADDRESS, REPLY), carrier, DenialReason.LEFT);
    }

    @Test
    void plaintext_toAStrictAddress_isStopped() {
        ArrivingMessage message = leave(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, REPLY, "plain"));
        assertRefused(message, DenialReason.PLAINTEXT);
    }

    @Test
    void plaintext_toAStrictAddressExpectingNoAnswer_isStoppedInSilence() {
        ArrivingMessage message = leave(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, null, "plain"));
        assertThat(message.passed).isZero();
        assertThat(message.replies).isEmpty();
    }

    @Test
    void ourCodec_forABodyOfSomebodysOwn_isStopped() {
        ArrivingMessage message = leave(ArrivingMessage.of(guard.codec(), "nowhere", REPLY, "plain"));
        assertRefused(message, DenialReason.MALFORMED);
    }

    @Test
    void plaintext_outsidePolicy_leavesUncounted() {
        ArrivingMessage message =
                leave(ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, "nowhere", REPLY, "plain"));
        assertThat(message.passed).isOne();
        assertThat(guard.observations().snapshot()).isEmpty();
    }

    @Test
    void answer_whereAnothersRequestWaits_isStopped() {
        leaving(request(), ADDRESS, REPLY);
        ReplyCarrier answer = new ReplyCarrier(caller, text("forged"), guard.time());
        ArrivingMessage message = leaving(answer, REPLY, null);
        assertThat(message.passed).isZero();
        assertThat(answer.isAllowed()).isFalse();
        assertThat(guard.refused()).containsEntry(DenialReason.OUT_OF_SCOPE, 1L);
    }

    @Test
    void answer_underTheSessionOfTheRequestThatWaits_leaves() {
        RequestCarrier asking = request();
        leaving(asking, ADDRESS, REPLY);
        ReplyCarrier answer = new ReplyCarrier(asking.session(), text("answer"), guard.time());
        assertThat(leaving(answer, REPLY, null).passed).isOne();
    }

    @Test
    void answer_whereNobodyOfThisJvmWaits_leaves() {
        ReplyCarrier answer = new ReplyCarrier(caller, text("answer"), guard.time());
        assertThat(leaving(answer, "__vertx.reply.9", null).passed).isOne();
    }

    @Test
    void guard_ofAnotherTrustBundle_isRefused() {
        FakeOrchestrator other = new FakeOrchestrator();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BusGuard.of(vertx, other.trust(), other.clock))
                .withMessageContaining("trust bundle");
        assertThat(BusGuard.of(vertx, orchestrator.trust(), orchestrator.clock)).isSameAs(guard);
    }

    @Test
    void provides_memberLeft_keepsWhatAnotherProvides() throws Exception {
        Member second = member(Set.of("process_image"), Set.of());
        done(member.leave());
        assertThat(guard.provides("process_image")).isTrue();
        assertThat(guard.box("process_image", 3)).isNotNull();
        assertThat(guard.box("process_image", 4)).isNull();
        done(second.leave());
        assertThat(guard.provides("process_image")).isFalse();
        assertThat(guard.box("process_image", 3)).isNull();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.Issuing;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What all members of a JVM share is kept as they come, renew and go. */
class BusGuardTest extends GuardedTest {
    private static final long STALE_GRACE = 1_000;

    private final ManualVertx timers = new ManualVertx(vertx);

    @Override
    Vertx guarded() {
        return timers;
    }

    private RequestCarrier waiting() throws Refusal {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        guard.expect(REPLY, request);
        return request;
    }

    private static @Nullable DenialReason denial(Carrier carrier) {
        return carrier.denial() == null
                ? null
                : requireNonNull(carrier.denial()).reason();
    }

    private ProviderSession known() throws Refusal {
        Frame frame = requireNonNull(Frame.parse(0, Buffer.buffer(request(envelope()))));
        return guard.sessions().session(frame);
    }

    @Test
    void isOwn_memberOrNameThatItHadBefore_isTrue() {
        long now = HexFormat.fromHexDigitsToLong(member.instance());
        assertThat(guard.isOwn(new TokenId(now, 1))).isTrue();
        assertThat(guard.isOwn(new TokenId(now + 1, 1))).isFalse();
        guard.gone(HexFormat.of().toHexDigits(now + 1));
        assertThat(guard.isOwn(new TokenId(now + 1, 1))).isTrue();
    }

    @Test
    void of_oneVertx_isOneGuard_andItsInterceptorsAreInstalled() throws Exception {
        assertThat(BusGuard.of(timers, orchestrator.trust(), orchestrator.clock))
                .isSameAs(guard);
        assertThat(guard.metrics()).isSameAs(guard.metrics());
        assertThat(guard.plainBus()).isSameAs(vertx.eventBus());
        assertThat(guard.vertx()).isSameAs(timers);
        assertThat(guard.trust()).isEqualTo(orchestrator.trust());
        assertThat(guard.desk()).isNotNull();
        assertThat(guard.clusterClaims()).isNotNull();
        assertThat(guard.frames().isExceededBy(1)).isFalse();
        assertThat(guard.passage()).isNotNull();
        vertx.eventBus().consumer(ADDRESS, message -> message.reply("heard"));
        assertThat(vertx.eventBus()
                        .request(ADDRESS, "plain")
                        .map(false)
                        .otherwise(true)
                        .await())
                .isTrue();
        assertThat(guard.refused()).containsEntry(DenialReason.PLAINTEXT, 1L);
    }

    @Test
    void pending_expectedAndForgotten_isCounted() throws Exception {
        assertThat(guard.pendingRequests()).isZero();
        waiting();
        assertThat(guard.pendingRequests()).isOne();
        assertThat(guard.expectsTooMuch()).isFalse();
        assertThat(guard.pending(REPLY)).isNotNull();
        assertThat(guard.forget(REPLY)).isNotNull();
        assertThat(guard.pendingRequests()).isZero();
    }

    @Test
    void expect_sessionThatHasBecomeStale_isToldAtOnce() throws Exception {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        request.session().end(DenialReason.STALE_EPOCH);
        guard.expect(REPLY, request);
        assertThat(denial(request)).isEqualTo(DenialReason.STALE_EPOCH);
    }

    @Test
    void failUnanswerable_stale_waitsForItsRefusalFirst_once() throws Exception {
        RequestCarrier request = waiting();
        request.session().end(DenialReason.STALE_EPOCH);
        guard.failUnanswerable();
        guard.failUnanswerable();
        assertThat(denial(request)).isNull();
        assertThat(timers.delays()).containsOnlyOnce(STALE_GRACE);
        timers.elapse(STALE_GRACE);
        assertThat(denial(request)).isEqualTo(DenialReason.STALE_EPOCH);
    }

    @Test
    void failUnanswerable_stale_inAHandlerOfThisJvm_waitsForItsAnswer() throws Exception {
        RequestCarrier request = waiting();
        assertThat(request.take()).isTrue();
        request.session().end(DenialReason.STALE_EPOCH);
        guard.failUnanswerable();
        timers.elapse(STALE_GRACE);
        assertThat(denial(request)).isNull();
    }

    @Test
    void failUnanswerable_revoked_inAHandlerOfThisJvm_isToldAtOnce() throws Exception {
        RequestCarrier request = waiting();
        assertThat(request.take()).isTrue();
        request.session().end(DenialReason.REVOKED);
        guard.failUnanswerable();
        assertThat(denial(request)).isEqualTo(DenialReason.REVOKED);
    }

    @Test
    void expect_requestThatNobodyWaitsForAnyMore_isNotKept() throws Exception {
        RequestCarrier request = new RequestCarrier(member, text("question"));
        new Exchange(guard).settle(request);
        request.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        request.allow(envelope());
        guard.expect(REPLY, request);
        assertThat(guard.pendingRequests()).isZero();
    }

    @Test
    void failUnanswerable_alive_waitsOn() throws Exception {
        RequestCarrier request = waiting();
        guard.failUnanswerable();
        assertThat(denial(request)).isNull();
        assertThat(timers.delays()).doesNotContain(STALE_GRACE);
    }

    @Test
    void notice_thatRevokes_endsSessionsAndWaits_onBothSides() throws Exception {
        RequestCarrier request = waiting();
        ProviderSession session = known();
        Revocations revoked = Revocations.none().withService("web", BusFixture.NOW + 60_000, BusFixture.NOW);
        vertx.eventBus().publish(Notice.ADDRESS, Notice.sign(revoked, orchestrator.issuing.signing, Issuing.DOMAIN));
        await().until(() -> denial(request) == DenialReason.REVOKED);
        assertThat(session.ended()).isEqualTo(DenialReason.REVOKED);
        assertThat(guard.revocations()).isEqualTo(revoked);
        assertThat(guard.watch().known()).isEqualTo(revoked);
    }

    @Test
    void notice_ofAFloor_endsWhatIsBelow_andMembersRenewSoon() throws Exception {
        guard.watch().answered(Revocations.none().withFloors(Map.of("process_image", 4L), BusFixture.NOW));
        assertThat(timers.delays()).allMatch(delay -> delay < 50).hasSize(1);
        BusFixture.assertRefused(DenialReason.STALE_EPOCH, () -> member.session(FakeOrchestrator.IMAGE));
    }

    @Test
    void update_replacesPolicy_andSweepsOutWhatHasEnded() throws Exception {
        ProviderSession session = known();
        RequestCarrier request = waiting();
        request.session().end(DenialReason.EXPIRED);
        orchestrator.clock.set(GrantMaker.EXPIRES * 1000 + 32_000);
        guard.update(member, List.of(FakeOrchestrator.RISK), Mode.OBSERVE);
        assertThat(session.ended()).isEqualTo(DenialReason.EXPIRED);
        assertThat(guard.sessions().size()).isZero();
        assertThat(denial(request)).isEqualTo(DenialReason.EXPIRED);
        assertThat(guard.operationAt(ADDRESS)).isNull();
        assertThat(guard.operationAt("risk.calculate")).isEqualTo(FakeOrchestrator.RISK);
        assertThat(guard.modeAt("nowhere")).isEqualTo(Mode.OBSERVE);
    }

    @Test
    void update_twice_knowsTheMemberOnce() throws Exception {
        guard.update(member, List.of(FakeOrchestrator.IMAGE), Mode.OFF);
        guard.update(member, List.of(FakeOrchestrator.IMAGE), Mode.OFF);
        done(member.leave());
        assertThat(guard.provides("process_image")).isFalse();
        assertThat(guard.box("process_image", 3)).isNull();
    }

    @Test
    void remove_lastProvider_endsItsCallersSessions() throws Exception {
        ProviderSession session = known();
        RequestCarrier request = waiting();
        request.session().end(DenialReason.EXPIRED);
        guard.remove(member);
        assertThat(session.ended()).isEqualTo(DenialReason.LEFT);
        assertThat(guard.sessions().size()).isZero();
        assertThat(denial(request)).isEqualTo(DenialReason.EXPIRED);
    }

    @Test
    void remove_oneOfTwoProviders_keepsItsCallersSessions() throws Exception {
        member(Set.of("process_image"), Set.of());
        ProviderSession session = known();
        guard.remove(member);
        assertThat(session.ended()).isNull();
        assertThat(guard.provides("process_image")).isTrue();
    }

    @Test
    void missed_isToldToTheMembers() {
        guard.missed(new GrantMaker().epoch(4).make());
        await().until(() -> orchestrator.asked.size() == 2);
    }
}

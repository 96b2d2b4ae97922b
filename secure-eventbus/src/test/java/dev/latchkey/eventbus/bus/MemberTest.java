// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static dev.latchkey.eventbus.bus.BusFixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.token.GrantMaker;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** One instance from its registration to its end: what it asks, and what it may do meanwhile. */
class MemberTest extends GuardedTest {
    private static final long LEASE_END = NOW + 60_000;
    private static final long TOKEN_END = GrantMaker.EXPIRES * 1000;
    private static final String NAME = "0123456789abcdef";

    private final ManualVertx timers = new ManualVertx(vertx);

    @Override
    Vertx guarded() {
        return timers;
    }

    private static void assertDenied(Future<?> future, DenialReason reason) {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(future))
                .havingCause()
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(reason));
    }

    private void assertRefusedAs(DenialReason reason) {
        BusFixture.assertRefused(reason, () -> member.session(FakeOrchestrator.IMAGE));
    }

    private List<RegistrationKind> kinds() {
        return orchestrator.asked.stream().map(Registration::kind).toList();
    }

    private Registration latest() {
        return orchestrator.asked.get(orchestrator.asked.size() - 1);
    }

    private Member unregistered() {
        return new Member(guard, orchestrator.options(Set.of("process_image"), Set.of("process_image")));
    }

    private void deny(DenialReason reason) {
        orchestrator.answers = asked -> new Answer.Denied(orchestrator.clock.millis(), reason, "no");
    }

    private void denyRenewals(DenialReason reason) {
        // An answer like this is waited out for as long as patience lasts.
        haste = reason == DenialReason.UNAVAILABLE ? TimeUnit.SECONDS.toNanos(1) : 0;
        orchestrator.answers = asked -> asked.kind() == RegistrationKind.RENEW
                ? new Answer.Denied(orchestrator.clock.millis(), reason, "no")
                : orchestrator.granted(asked);
    }

    /** The answer with another name, lease and state of revocations. */
    private Answer granted(Registration asked, String instance, Revocations revocations) {
        Answer.Granted granted = orchestrator.granted(asked);
        return new Answer.Granted(
                granted.orchestratorTime(),
                instance,
                granted.leaseExpiresAt(),
                granted.renewAfter(),
                granted.operations(),
                Mode.OBSERVE,
                granted.tokens(),
                granted.keys(),
                revocations);
    }

    @Test
    void register_granted_holdsWhatItAskedFor_andRenewsInTime() {
        assertThat(member.service()).isEqualTo("web");
        assertThat(member.instance()).isEqualTo(NAME);
        assertThat(member.provides()).containsExactly("process_image");
        assertThat(member.invokes()).containsExactly("process_image");
        assertThat(member.hasLeft()).isFalse();
        assertThat(member.box("process_image", 3)).isNotNull();
        assertThat(timers.delays()).containsExactly(3_600_000L);
    }

    @Test
    void register_asks_asItsOptionsSay() {
        Registration asked = latest();
        assertThat(asked.kind()).isEqualTo(RegistrationKind.REGISTER);
        assertThat(asked.sentAt()).isEqualTo(NOW);
        assertThat(asked.service()).isEqualTo("web");
        assertThat(asked.credential()).isEqualTo("credential");
        assertThat(asked.instance()).isEmpty();
        assertThat(asked.provides()).containsExactly("process_image");
        assertThat(asked.invokes()).containsExactly("process_image");
        assertThat(asked.node()).isNull();
    }

    @Test
    void register_granted_guardKnowsItsOperationsAndKeys() {
        assertThat(guard.operationAt(ADDRESS)).isEqualTo(FakeOrchestrator.IMAGE);
        assertThat(guard.modeAt("nowhere")).isEqualTo(Mode.OFF);
        assertThat(guard.provides("process_image")).isTrue();
    }

    @Test
    void register_denied_fails_andIsAskedOnce() {
        deny(DenialReason.BAD_CREDENTIAL);
        assertDenied(unregistered().register(), DenialReason.BAD_CREDENTIAL);
        assertThat(orchestrator.asked).hasSize(2);
    }

    @Test
    void register_looksStale_isAskedOnceMore() {
        deny(DenialReason.BAD_REGISTRATION);
        assertDenied(unregistered().register(), DenialReason.BAD_REGISTRATION);
        assertThat(orchestrator.asked).hasSize(3);
    }

    @Test
    void register_orchestratorsClockIsAhead_isLearned() throws Exception {
        orchestrator.answers = asked -> ahead(orchestrator.granted(asked), 12_345);
        done(unregistered().register());
        assertThat(member.time().now()).isEqualTo(NOW + 12_345);
    }

    private static Answer ahead(Answer.Granted granted, long millis) {
        return new Answer.Granted(
                granted.orchestratorTime() + millis,
                granted.instance(),
                granted.leaseExpiresAt(),
                granted.renewAfter(),
                granted.operations(),
                granted.unlisted(),
                granted.tokens(),
                granted.keys(),
                granted.revocations());
    }

    @Test
    void register_leftMeanwhile_holdsNothing() {
        Member leaving = unregistered();
        orchestrator.answers = asked -> {
            leaving.leave();
            return orchestrator.granted(asked);
        };
        assertDenied(leaving.register(), DenialReason.LEFT);
        assertThat(leaving.instance()).isEmpty();
        assertThat(leaving.box("process_image", 3)).isNull();
    }

    @Test
    void register_leftBefore_isNotAsked() throws Exception {
        done(member.leave());
        int before = orchestrator.asked.size();
        assertDenied(member.register(), DenialReason.LEFT);
        assertThat(orchestrator.asked).hasSize(before);
    }

    @Test
    void register_anew_usesAnotherSeed() throws Exception {
        done(member.register());
        assertThat(orchestrator.asked.get(0).seed())
                .isNotEqualTo(orchestrator.asked.get(1).seed());
        CallerSession old = member.session(FakeOrchestrator.IMAGE);
        done(member.register());
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotSameAs(old);
    }

    @Test
    void register_joinTokenThatWasUsed_isNotShownAgain() throws Exception {
        SecureEventBusOptions options =
                orchestrator.options(Set.of(), Set.of("process_image")).setCredential(() -> "lkj1.a.b.c");
        Member joining = new Member(guard, options);
        done(joining.register());
        int before = orchestrator.asked.size();
        assertDenied(joining.register(), DenialReason.BAD_CREDENTIAL);
        assertThat(orchestrator.asked).hasSize(before);
    }

    @Test
    void register_granted_desksShowItsTokens() throws Exception {
        CallerSession session = member.session(FakeOrchestrator.IMAGE);
        assertThat(shown(NAME, session)).isEqualTo(Buffer.buffer(session.token().compactBytes()));
        done(member.leave());
        await().until(() -> isClosed(NAME, session));
    }

    private static Buffer question(CallerSession session) {
        byte[] id = new byte[16];
        session.grant().id().write(id, 0);
        return Buffer.buffer(id);
    }

    private Buffer shown(String name, CallerSession session) {
        return await().until(
                        () -> vertx.eventBus()
                                .<Buffer>request("latchkey.tokens." + name, question(session))
                                .map(answer -> answer.body())
                                .otherwise(Buffer.buffer())
                                .await(),
                        answer -> answer.length() > 0);
    }

    private boolean isClosed(String name, CallerSession session) {
        return vertx.eventBus()
                .request("latchkey.tokens." + name, question(session))
                .map(answer -> false)
                .otherwise(true)
                .await();
    }

    @Test
    void register_anotherName_movesTheDesk() throws Exception {
        shown(NAME, member.session(FakeOrchestrator.IMAGE));
        orchestrator.answers = asked -> granted(asked, "fedcba9876543210", Revocations.none());
        done(member.register());
        CallerSession session = member.session(FakeOrchestrator.IMAGE);
        assertThat(shown("fedcba9876543210", session)).isNotNull();
        await().until(() -> isClosed(NAME, session));
    }

    @Test
    void canSealTo_onlyWhatItHoldsALivingTokenOf() throws Exception {
        assertThat(member.canSealTo(FakeOrchestrator.IMAGE)).isTrue();
        assertThat(member.canSealTo(FakeOrchestrator.RISK)).isFalse();
        assertThat(member.canSealTo(null)).isFalse();
        done(member.leave());
        assertThat(member.canSealTo(FakeOrchestrator.RISK)).isTrue();
        assertThat(member.canSealTo(null)).isTrue();
    }

    @Test
    void session_notInvited_left_orEnded_isRefused() throws Exception {
        BusFixture.assertRefused(DenialReason.NOT_INVITED, () -> member.session(FakeOrchestrator.RISK));
        member.session(FakeOrchestrator.IMAGE).end(DenialReason.REVOKED);
        assertRefusedAs(DenialReason.REVOKED);
        done(member.leave());
        assertRefusedAs(DenialReason.LEFT);
    }

    @Test
    void session_beforeTheLeaseEnds_isThere() throws Exception {
        orchestrator.clock.set(LEASE_END - 1);
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotNull();
        assertThat(member.health()).isEqualTo(Health.HEALTHY);
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER);
    }

    @Test
    void session_leaseSleptPast_isRefused_untilItHasRenewed() throws Exception {
        List<Health> told = new CopyOnWriteArrayList<>();
        member.healthWatch().handler(told::add);
        orchestrator.clock.set(LEASE_END);
        assertThat(member.health()).isEqualTo(Health.EXPIRED);
        assertRefusedAs(DenialReason.EXPIRED);
        await().until(() -> told.equals(List.of(Health.EXPIRED, Health.HEALTHY)));
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW);
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotNull();
    }

    @Test
    void session_leaseEndedAndOrchestratorAskedInVain_isThereUntilItsTokenEnds() throws Exception {
        denyRenewals(DenialReason.BAD_CREDENTIAL);
        orchestrator.clock.set(LEASE_END);
        assertDenied(member.refreshed(), DenialReason.BAD_CREDENTIAL);
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotNull();
        assertThat(member.health()).isEqualTo(Health.DEGRADED);
        orchestrator.clock.set(TOKEN_END);
        assertRefusedAs(DenialReason.EXPIRED);
        assertThat(member.health()).isEqualTo(Health.EXPIRED);
    }

    @Test
    void missed_newerKeyThanItHolds_renews() {
        guard.missed(new GrantMaker().epoch(3).make());
        guard.missed(new GrantMaker().operation("calculate_risk").epoch(9).make());
        assertThat(timers.delays()).containsExactly(3_600_000L);
        assertThat(kinds()).doesNotContain(RegistrationKind.RENEW);
        guard.missed(new GrantMaker().epoch(4).make());
        // No timer runs here by itself, so it renews at once.
        await().until(() -> kinds().contains(RegistrationKind.RENEW));
    }

    @Test
    void missed_whileNoOrchestratorIsReached_renewsSoonForATokenIssuedSince() throws Exception {
        denyRenewals(DenialReason.UNAVAILABLE);
        assertDenied(member.refreshed(), DenialReason.UNAVAILABLE);
        long before = timers.delays().get(0);
        guard.missed(
                new GrantMaker().epoch(4).timestamp(orchestrator.clock.millis()).make());
        assertThat(timers.delays()).contains(before);
        guard.missed(new GrantMaker()
                .epoch(4)
                .timestamp(orchestrator.clock.millis() + 1)
                .make());
        assertThat(retry()).isBetween(1L, 250L);
    }

    @Test
    void missed_revoked_asksNoSooner() throws Exception {
        denyRenewals(DenialReason.REVOKED);
        assertDenied(member.refreshed(), DenialReason.REVOKED);
        guard.missed(new GrantMaker()
                .epoch(4)
                .timestamp(orchestrator.clock.millis() + 1)
                .make());
        assertThat(retry()).isEqualTo(5_000);
    }

    @Test
    void missed_left_asksNothing() throws Exception {
        done(member.leave());
        int before = orchestrator.asked.size();
        member.missed(new GrantMaker().epoch(4).make());
        done(Future.<Void>succeededFuture());
        assertThat(orchestrator.asked).hasSize(before);
    }

    @Test
    void renewal_granted_bringsFreshTokens_andWatchesTheirEnd() throws Exception {
        CallerSession before = member.session(FakeOrchestrator.IMAGE);
        done(member.refreshed());
        assertThat(latest().instance()).isEqualTo(NAME);
        assertThat(latest().credential()).isEmpty();
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotSameAs(before);
        assertThat(timers.delays()).containsExactlyInAnyOrder(3_600_000L, TOKEN_END - NOW + 1);
        done(member.refreshed());
        assertThat(timers.delays()).containsExactlyInAnyOrder(3_600_000L, TOKEN_END - NOW + 1);
    }

    @Test
    void renewal_tokenEndsLater_healthIsTold() throws Exception {
        List<Health> told = new CopyOnWriteArrayList<>();
        member.healthWatch().handler(told::add);
        done(member.refreshed());
        orchestrator.clock.set(TOKEN_END);
        timers.elapse(TOKEN_END - NOW + 1);
        await().until(() -> told.equals(List.of(Health.EXPIRED)));
    }

    @Test
    void renewal_tokenHasEnded_watchesNoMore() throws Exception {
        done(member.refreshed());
        orchestrator.clock.set(TOKEN_END);
        done(member.refreshed());
        assertThat(timers.delays()).containsExactly(3_600_000L);
    }

    @Test
    void renewal_failed_healthIsTold_andItIsTriedAgainSoon() throws Exception {
        List<Health> told = new CopyOnWriteArrayList<>();
        member.healthWatch().handler(told::add);
        denyRenewals(DenialReason.BAD_CREDENTIAL);
        try (LogLines log = LogLines.of("dev.latchkey.member")) {
            assertDenied(member.refreshed(), DenialReason.BAD_CREDENTIAL);
            assertThat(log.all()).singleElement().asString().startsWith("renewal of web failed, trying again");
        }
        await().until(() -> told.equals(List.of(Health.DEGRADED)));
        assertThat(retry()).isBetween(1L, 500L);
    }

    /** The one timer that is not of the health. */
    private long retry() {
        List<Long> delays = timers.delays().stream()
                .filter(delay -> delay != TOKEN_END - NOW + 1)
                .toList();
        assertThat(delays).hasSize(1);
        return delays.get(0);
    }

    @Test
    void renewal_revoked_isTriedAgainLater() {
        denyRenewals(DenialReason.REVOKED);
        assertDenied(member.refreshed(), DenialReason.REVOKED);
        assertThat(retry()).isEqualTo(5_000);
    }

    @Test
    void renewal_firstOfASeries_isPatient() throws Exception {
        denyFirstRenewal();
        done(member.refreshed());
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW, RegistrationKind.RENEW);
    }

    private void denyFirstRenewal() {
        int before = orchestrator.asked.size();
        orchestrator.answers = asked -> orchestrator.asked.size() == before + 1
                ? new Answer.Denied(NOW, DenialReason.UNAVAILABLE, "later")
                : orchestrator.granted(asked);
    }

    @Test
    void renewal_afterAFailure_asksOnce() throws Exception {
        denyRenewals(DenialReason.BAD_CREDENTIAL);
        assertDenied(member.refreshed(), DenialReason.BAD_CREDENTIAL);
        denyRenewals(DenialReason.UNAVAILABLE);
        long second = retry();
        timers.elapse(second);
        await().until(() -> timers.delays().size() == 2 && orchestrator.asked.size() == 3);
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW, RegistrationKind.RENEW);
    }

    @Test
    void renewal_leaseUnknown_registersAnewUnderAnotherSeed() throws Exception {
        denyRenewals(DenialReason.UNKNOWN_LEASE);
        done(member.refreshed());
        assertThat(kinds())
                .containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW, RegistrationKind.REGISTER);
        assertThat(latest().credential()).isEqualTo("credential");
        assertThat(member.health()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void renewal_refusedForAnotherReason_doesNotRegisterAnew() {
        denyRenewals(DenialReason.BAD_CREDENTIAL);
        assertDenied(member.refreshed(), DenialReason.BAD_CREDENTIAL);
        assertThat(kinds()).containsExactly(RegistrationKind.REGISTER, RegistrationKind.RENEW);
    }

    @Test
    void observations_areToldOnce_andAgainWhenNobodyHeard() throws Exception {
        guard.observations().note("plain", Flow.SENT, "web", Mode.OBSERVE);
        denyRenewals(DenialReason.BAD_CREDENTIAL);
        assertDenied(member.refreshed(), DenialReason.BAD_CREDENTIAL);
        assertThat(latest().observed()).containsExactly(new Observation("plain", Flow.SENT, "web", 1));
        orchestrator.answers = orchestrator::granted;
        timers.elapse(retry());
        await().until(() -> member.health() == Health.HEALTHY);
        assertThat(latest().observed()).containsExactly(new Observation("plain", Flow.SENT, "web", 1));
        done(member.leave());
        assertThat(latest().observed()).isEmpty();
    }

    @Test
    void observations_lastOnes_areToldAtTheEnd() throws Exception {
        guard.observations().note("plain", Flow.SENT, "web", Mode.OBSERVE);
        done(member.leave());
        assertThat(latest().kind()).isEqualTo(RegistrationKind.LEAVE);
        assertThat(latest().observed()).hasSize(1);
    }

    @Test
    void answer_thatRevokesTheInstance_endsItsSessions() throws Exception {
        Revocations revoked = Revocations.none().withInstance(NAME, NOW + 1_000, NOW);
        orchestrator.answers = asked -> granted(asked, NAME, revoked);
        Member late = unregistered();
        done(late.register());
        assertThat(guard.revocations()).isEqualTo(revoked);
        BusFixture.assertRefused(DenialReason.REVOKED, () -> late.session(FakeOrchestrator.IMAGE));
    }

    @Test
    void revoked_keysBelowTheFloor_renewsSoon_spreadALittle() {
        Set<Long> delays = new TreeSet<>();
        for (long number = 1; number <= 30; number++) {
            member.revoked(Revocations.none().withFloors(Map.of("process_image", 4L), NOW + number));
            assertThat(timers.delays()).hasSize(1);
            delays.addAll(timers.delays());
        }
        assertThat(delays).hasSizeGreaterThan(1).allMatch(delay -> delay < 50);
        assertRefusedAs(DenialReason.STALE_EPOCH);
    }

    @Test
    void revoked_nothingOfItsOwn_changesNothing() throws Exception {
        member.revoked(Revocations.none().withService("other", NOW + 1_000, NOW));
        assertThat(timers.delays()).containsExactly(3_600_000L);
        assertThat(member.session(FakeOrchestrator.IMAGE)).isNotNull();
    }

    @Test
    void leave_saysSoOnce_andHoldsNothing() throws Exception {
        CallerSession session = member.session(FakeOrchestrator.IMAGE);
        done(member.refreshed());
        Future<Void> left = member.leave();
        assertThat(member.leave()).isSameAs(left);
        done(left);
        assertThat(member.hasLeft()).isTrue();
        assertThat(member.provides()).isEmpty();
        assertThat(member.invokes()).isEmpty();
        assertThat(session.ended()).isEqualTo(DenialReason.LEFT);
        assertThat(timers.delays()).isEmpty();
        assertThat(latest().kind()).isEqualTo(RegistrationKind.LEAVE);
        assertThat(guard.provides("process_image")).isFalse();
        assertThat(guard.box("process_image", 3)).isNull();
    }

    @Test
    void leave_neverRegistered_saysNothing() throws Exception {
        done(unregistered().leave());
        assertThat(orchestrator.asked).hasSize(1);
    }

    @Test
    void leave_requestsThatWait_areTold() throws Exception {
        RequestCarrier waiting = new RequestCarrier(member, text("question"));
        waiting.authorise(FakeOrchestrator.IMAGE, guard.time().now());
        waiting.allow(envelope());
        guard.expect(REPLY, waiting);
        done(member.leave());
        assertThat(waiting.denial()).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(DenialReason.LEFT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** An instance renews on time, when it is asked to, and again after a failure; one attempt at a time. */
class RenewalsTest {
    private static final Vertx VERTX = Vertx.vertx();
    private static final long START = 1_000_000;

    private final ManualVertx timers = new ManualVertx(VERTX);
    private final AtomicLong clock = new AtomicLong(START);
    private final List<Promise<Long>> attempts = new ArrayList<>();
    private final List<Integer> failuresBefore = new ArrayList<>();
    private final AtomicInteger settled = new AtomicInteger();
    private final Renewals renewals = new Renewals(
            timers, clock::get, this::attempt, (cause, failures) -> 10L * failures, settled::incrementAndGet);

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    private Future<Long> attempt(int failures) {
        Promise<Long> attempt = Promise.promise();
        attempts.add(attempt);
        failuresBefore.add(failures);
        return attempt.future();
    }

    private Promise<Long> latest() {
        return attempts.get(attempts.size() - 1);
    }

    private Future<Void> refreshed() {
        Future<Void> refreshed = renewals.refresh();
        latest().tryComplete(7_000L);
        return refreshed;
    }

    @Test
    void granted_isRenewedInItsTime() {
        renewals.granted(5_000);
        assertThat(timers.delays()).containsExactly(5_000L);
        timers.elapse(5_000);
        assertThat(attempts).hasSize(1);
        latest().complete(6_000L);
        assertThat(timers.delays()).containsExactly(6_000L);
        assertThat(settled).hasValue(1);
    }

    @Test
    void granted_again_takesThePlaceOfTheFirst() {
        renewals.granted(5_000);
        renewals.granted(4_000);
        assertThat(timers.delays()).containsExactly(4_000L);
    }

    @Test
    void granted_forNoTime_isRenewedInAMillisecond() {
        renewals.granted(0);
        assertThat(timers.delays()).containsExactly(1L);
    }

    @Test
    void within_whileNoneIsUnderWay_isRenewedThen() {
        renewals.granted(5_000);
        renewals.within(20);
        assertThat(timers.delays()).containsExactly(20L);
    }

    @Test
    void within_whileOneIsUnderWay_isFollowedByAnother_once() {
        renewals.now();
        renewals.within(0);
        assertThat(timers.delays()).isEmpty();
        latest().complete(6_000L);
        assertThat(timers.delays()).containsExactly(1L);
        timers.elapse(1);
        latest().complete(6_000L);
        assertThat(timers.delays()).containsExactly(6_000L);
    }

    @Test
    void now_cancelsTheTimer_andBringsTheOutcome() {
        renewals.granted(5_000);
        Future<Void> outcome = renewals.now();
        assertThat(timers.delays()).isEmpty();
        assertThat(outcome.isComplete()).isFalse();
        latest().complete(6_000L);
        assertThat(outcome.succeeded()).isTrue();
    }

    @Test
    void now_whileOneIsUnderWay_isThatOne() {
        Future<Void> first = renewals.now();
        assertThat(renewals.now()).isSameAs(first);
        assertThat(renewals.refresh()).isSameAs(first);
        assertThat(attempts).hasSize(1);
    }

    @Test
    void failure_isTriedAgainAfterItsPause_andCounted() {
        renewals.now();
        latest().fail("down");
        assertThat(renewals.areFailing()).isTrue();
        assertThat(timers.delays()).containsExactly(10L);
        timers.elapse(10);
        latest().fail("down");
        assertThat(timers.delays()).containsExactly(20L);
        timers.elapse(20);
        assertThat(failuresBefore).containsExactly(0, 1, 2);
        assertThat(settled).hasValue(2);
    }

    @Test
    void failure_isToldToWhoAsked() {
        Future<Void> outcome = renewals.now();
        latest().fail("down");
        assertThat(outcome.cause()).hasMessage("down");
    }

    @Test
    void success_endsTheFailures() {
        renewals.now();
        latest().fail("down");
        timers.elapse(10);
        latest().complete(6_000L);
        assertThat(renewals.areFailing()).isFalse();
        renewals.now();
        assertThat(failuresBefore).containsExactly(0, 1, 0);
    }

    @Test
    void failedSince_isOfTheLastFailure() {
        assertThat(renewals.failedSince(Long.MIN_VALUE + 1)).isFalse();
        renewals.now();
        latest().fail("down");
        assertThat(renewals.failedSince(START - 1)).isTrue();
        assertThat(renewals.failedSince(START)).isTrue();
        assertThat(renewals.failedSince(START + 1)).isFalse();
    }

    @Test
    void refresh_renewsNow() {
        Future<Void> refreshed = renewals.refresh();
        assertThat(refreshed.isComplete()).isFalse();
        latest().complete(6_000L);
        assertThat(refreshed.succeeded()).isTrue();
    }

    @Test
    void refresh_whileAttemptsFail_waitsForTheNext() {
        renewals.now();
        latest().fail("down");
        assertThat(renewals.refresh().failed()).isTrue();
        assertThat(attempts).hasSize(1);
    }

    @Test
    void refresh_askedTooOften_renewsThreeTimesAtOnce_andOnceEachFiveSeconds() {
        for (int i = 0; i < 10; i++) {
            assertThat(refreshed().succeeded()).isTrue();
        }
        assertThat(attempts).hasSize(3);
        clock.addAndGet(4_999);
        assertThat(refreshed().succeeded()).isTrue();
        assertThat(attempts).hasSize(3);
        clock.addAndGet(1);
        refreshed();
        refreshed();
        assertThat(attempts).hasSize(4);
    }

    @Test
    void refresh_askedSeldom_alwaysRenews() {
        for (int i = 0; i < 10; i++) {
            clock.addAndGet(5_000);
            refreshed();
        }
        assertThat(attempts).hasSize(10);
    }

    @Test
    void answeredOthers_afterTheFailure_isTriedSooner() {
        failed();
        renewals.answeredOthers(START, 3);
        assertThat(timers.delays()).containsExactly(10L);
        renewals.answeredOthers(START + 1, 3);
        assertThat(timers.delays()).containsExactly(3L);
    }

    @Test
    void answeredOthers_again_putsNothingOff() {
        failed();
        renewals.answeredOthers(START + 1, 3);
        renewals.answeredOthers(START + 2, 8);
        assertThat(timers.delays()).containsExactly(3L);
    }

    @Test
    void answeredOthers_knownWhenTheNextFails_makesNoMoreAttempts() {
        failed();
        renewals.answeredOthers(START + 1, 3);
        clock.set(START + 3);
        timers.elapse(3);
        latest().fail("again");
        renewals.answeredOthers(START + 1, 3);
        assertThat(timers.delays()).containsExactly(20L);
        renewals.answeredOthers(START + 4, 3);
        assertThat(timers.delays()).containsExactly(3L);
    }

    @Test
    void answeredOthers_whileNoneFails_changesNothing() {
        renewals.granted(5_000);
        renewals.answeredOthers(START + 1, 3);
        assertThat(timers.delays()).containsExactly(5_000L);
    }

    @Test
    void sooner_isTheOutcomeOfTheAttemptThatIsHastened() {
        failed();
        renewals.answeredOthers(START + 1, 3);
        Future<Void> sooner = renewals.sooner();
        assertThat(sooner.isComplete()).isFalse();
        timers.elapse(3);
        latest().complete(5_000L);
        assertThat(sooner.succeeded()).isTrue();
        assertThat(renewals.sooner().failed()).isTrue();
    }

    @Test
    void sooner_whereNothingIsHastened_fails() {
        assertThat(renewals.sooner().failed()).isTrue();
        failed();
        assertThat(renewals.sooner().failed()).isTrue();
    }

    @Test
    void sooner_ofAnAttemptThatFails_fails() {
        failed();
        renewals.answeredOthers(START + 1, 3);
        Future<Void> sooner = renewals.sooner();
        timers.elapse(3);
        latest().fail("again");
        assertThat(sooner.failed()).isTrue();
    }

    private void failed() {
        renewals.now();
        latest().fail("nobody answers");
    }

    @Test
    void stop_endsAllAttempts() {
        renewals.granted(5_000);
        renewals.stop();
        assertThat(timers.delays()).isEmpty();
        assertThat(renewals.now().failed()).isTrue();
        assertThat(renewals.refresh().failed()).isTrue();
        renewals.within(20);
        renewals.granted(20);
        assertThat(timers.delays()).isEmpty();
        assertThat(attempts).isEmpty();
    }

    @Test
    void stop_whileOneIsUnderWay_noneFollows() {
        Future<Void> outcome = renewals.now();
        renewals.stop();
        latest().complete(6_000L);
        assertThat(outcome.succeeded()).isTrue();
        assertThat(timers.delays()).isEmpty();
    }
}

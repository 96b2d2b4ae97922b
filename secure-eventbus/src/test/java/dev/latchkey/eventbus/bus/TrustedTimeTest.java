// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import org.junit.jupiter.api.Test;

class TrustedTimeTest {
    private final ManualClock clock = new ManualClock(1_000_000);
    private final TrustedTime time = new TrustedTime(clock);

    @Test
    void now_nothingLearned_isTheLocalClock() {
        assertThat(time.now()).isEqualTo(1_000_000);
        clock.set(1_000_005);
        assertThat(time.now()).isEqualTo(1_000_005);
    }

    @Test
    void recent_ofAClockThatWasGiven_isNow() {
        time.learn(1_000_000, 5_000_000);
        clock.set(1_000_100);
        assertThat(time.recent()).isEqualTo(time.now()).isEqualTo(5_000_100);
    }

    @Test
    void recent_ofTheSystemsClock_isAMomentAgo() {
        TrustedTime system = new TrustedTime(Clock.systemUTC());
        long before = system.now();
        await().until(() -> system.recent() >= before + 20);
        assertThat(system.recent()).isLessThanOrEqualTo(system.now());
    }

    @Test
    void learn_atOnce_takesTheOrchestratorsTime() {
        time.learn(1_000_000, 5_000_000);
        assertThat(time.now()).isEqualTo(5_000_000);
        clock.set(1_000_100);
        assertThat(time.now()).isEqualTo(5_000_100);
    }

    @Test
    void learn_afterARoundTrip_movesAsLittleAsWillDo() {
        clock.set(1_000_200);
        time.learn(1_000_000, 5_000_000);
        assertThat(time.now()).isEqualTo(5_000_000);
        time.learn(1_000_200, 4_000_000);
        assertThat(time.now()).isEqualTo(4_000_000);
    }

    @Test
    void learn_answerThatTookLong_movesNothing() {
        clock.set(1_008_000);
        time.learn(1_000_000, 1_000_001);
        assertThat(time.now()).isEqualTo(1_008_000);
        time.learn(1_000_000, 1_007_999);
        assertThat(time.now()).isEqualTo(1_008_000);
    }

    @Test
    void learn_quickAnswerAfterASlowOne_settlesTheTime() {
        clock.set(1_002_000);
        time.learn(1_000_000, 1_003_000);
        assertThat(time.now()).isEqualTo(1_003_000);
        time.learn(1_001_990, 1_002_600);
        assertThat(time.now()).isBetween(1_002_600L, 1_002_610L);
    }

    @Test
    void learn_orchestratorBehind_goesBack() {
        time.learn(1_000_000, 400_000);
        assertThat(time.now()).isEqualTo(400_000);
    }

    @Test
    void learn_again_forgetsWhatItKnew() {
        time.learn(1_000_000, 5_000_000);
        time.learn(1_000_000, 1_000_000);
        assertThat(time.now()).isEqualTo(1_000_000);
    }

    @Test
    void local_afterLearning_isTheLocalClock() {
        time.learn(1_000_000, 5_000_000);
        assertThat(time.local()).isEqualTo(1_000_000);
    }
}

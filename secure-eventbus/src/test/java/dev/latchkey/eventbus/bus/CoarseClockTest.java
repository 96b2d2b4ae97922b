// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

/** Time may be a moment old, and never stands still. */
class CoarseClockTest {
    private final ManualClock clock = new ManualClock(1_000);
    private final CoarseClock coarse = new CoarseClock(clock);

    /** A clock that one thread cannot read. */
    private static final class Broken extends ManualClock {
        Broken() {
            super(7);
        }

        @Override
        public long millis() {
            if (Thread.currentThread().getName().equals("latchkey-clock")) {
                throw new IllegalStateException("for a test");
            }
            return super.millis();
        }
    }

    @Test
    void millis_askedFirst_isTheClocks() {
        assertThat(coarse.millis()).isEqualTo(1_000);
    }

    @Test
    void millis_followsTheClock() {
        coarse.millis();
        for (long time = 2_000; time <= 4_000; time += 1_000) {
            long now = time;
            clock.set(now);
            await().until(() -> coarse.millis() == now);
        }
    }

    @Test
    void nanos_goesWithTheSystems_whetherItIsReadOrNot() {
        long before = System.nanoTime();
        assertThat(coarse.nanos() - before).isBetween(0L, System.nanoTime() - before);
        coarse.millis();
        await().until(() -> {
            coarse.millis();
            return coarse.nanos() > before;
        });
        assertThat(coarse.isRunning()).isTrue();
        await().until(() -> !coarse.isRunning());
        long after = System.nanoTime();
        assertThat(coarse.nanos() - after).isBetween(0L, System.nanoTime() - after);
    }

    @Test
    void nobodyAsks_itsThreadEnds_andTheNextQuestionIsTheClocks() {
        coarse.millis();
        await().until(() -> !coarse.isRunning());
        clock.set(5_000);
        assertThat(coarse.millis()).isEqualTo(5_000);
        assertThat(coarse.isRunning()).isTrue();
        clock.set(6_000);
        await().until(() -> coarse.millis() == 6_000);
    }

    @Test
    void itsThreadFails_theClockItselfIsAsked() {
        CoarseClock failing = new CoarseClock(new Broken());
        assertThat(failing.millis()).isEqualTo(7);
        await().dontCatchUncaughtExceptions().until(() -> !failing.isRunning());
        assertThat(failing.millis()).isEqualTo(7);
    }
}

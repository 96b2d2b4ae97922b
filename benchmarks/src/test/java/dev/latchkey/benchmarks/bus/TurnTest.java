// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static Reading reading(long messages, double foreign) {
        return new Reading(
                messages, 1_000_000_000, new Usage(messages * 10, messages * 20), messages * 5, foreign, 0, 0);
    }

    private static Turn turn(long plain, long sealed) {
        return new Turn(Map.of(BusMode.PLAIN, reading(plain, 0.01), BusMode.SEALED, reading(sealed, 0.02)), 0);
    }

    @Test
    void foreign_isTheWorst() {
        assertThat(turn(100, 50).foreign()).isEqualTo(0.02);
    }

    @Test
    void reading_isForEachMessage() {
        assertThat(reading(5, 0).perSecond()).isEqualTo(5);
        assertThat(reading(5, 0).cpuNanosPerMessage()).isEqualTo(10);
        assertThat(reading(5, 0).allocatedPerMessage()).isEqualTo(20);
    }

    /** The ratio of the medians would be 60 / 100. */
    @Test
    void ratioToPlain_isTheMedianOfTheRatiosWithinTurns() {
        Summary summary = new Summary(
                new Traffic(Kind.SEND, 64),
                BusMode.SEALED,
                List.of(turn(100, 80), turn(50, 60), turn(1000, 20)),
                OptionalDouble.empty());
        assertThat(summary.ratioToPlain().median()).isCloseTo(0.8, within(1e-9));
        assertThat(summary.ratioToPlain().min()).isCloseTo(0.02, within(1e-9));
        assertThat(summary.ratioToPlain().max()).isCloseTo(1.2, within(1e-9));
    }

    @Test
    void foreignSince_leavesOutWhatTheRunUsesItself() {
        Machine.Load before = new Machine.Load(100, 1000, 50);
        assertThat(new Machine.Load(160, 1200, 90).foreignSince(before)).isCloseTo(0.1, within(1e-9));
        assertThat(new Machine.Load(110, 1200, 90).foreignSince(before)).isZero();
        assertThat(before.foreignSince(before)).isZero();
    }
}

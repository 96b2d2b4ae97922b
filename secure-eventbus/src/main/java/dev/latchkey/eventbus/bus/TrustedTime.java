// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.time.Clock;

/**
 * The orchestrators' time, as this JVM knows it: the local clock, corrected by what the last answer of an orchestrator
 * said. Thread-safe.
 */
final class TrustedTime {
    private final Clock clock;
    private volatile long offsetMillis;

    TrustedTime(Clock clock) {
        this.clock = clock;
    }

    /** Milliseconds since 1970, orchestrator time. */
    long now() {
        return clock.millis() + offsetMillis;
    }

    /** Milliseconds since 1970 by the local clock. */
    long local() {
        return clock.millis();
    }

    /**
     * Learns from an answer. The orchestrator is taken to have read its clock half way between question and answer.
     *
     * @param asked when the question left, by the local clock
     * @param told what the orchestrator's clock showed
     */
    void learn(long asked, long told) {
        long answered = clock.millis();
        offsetMillis = told - (asked + (answered - asked) / 2);
    }
}

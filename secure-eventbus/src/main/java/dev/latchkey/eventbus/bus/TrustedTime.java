// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.time.Clock;
import java.util.function.LongSupplier;

/**
 * The orchestrators' time, as this JVM knows it: the local clock, corrected by what the last answer of an orchestrator
 * said. Thread-safe.
 */
final class TrustedTime {
    private final Clock clock;
    private final LongSupplier coarse;
    private volatile long offsetMillis;

    TrustedTime(Clock clock) {
        this.clock = clock;
        // A clock that somebody gave is nobody's to read in advance.
        this.coarse = clock.equals(Clock.systemUTC()) ? CoarseClock.SYSTEM::millis : clock::millis;
    }

    /** Milliseconds since 1970, orchestrator time. */
    long now() {
        return clock.millis() + offsetMillis;
    }

    /**
     * The same, as it was some milliseconds ago: for what this JVM's own members send. What comes from the wire is judged by {@link #now}.
     */
    long recent() {
        return coarse.getAsLong() + offsetMillis;
    }

    /** Milliseconds since 1970 by the local clock. */
    long local() {
        return clock.millis();
    }

    /**
     * Learns from an answer. The orchestrator read its clock at some moment between question and answer, so what is known is a span. As
     * long as this JVM's idea lies within, it stays; else it is moved by as little as will do. So an answer that was under way for long,
     * because a machine stood still or somebody held it back, moves nothing that a quick one had settled.
     *
     * @param asked when the question left, by the local clock
     * @param told what the orchestrator's clock showed
     */
    synchronized void learn(long asked, long told) {
        long least = told - Math.max(asked, clock.millis());
        offsetMillis = Math.min(Math.max(offsetMillis, least), told - asked);
    }
}

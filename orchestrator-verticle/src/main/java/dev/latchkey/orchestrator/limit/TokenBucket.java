// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.limit;

import java.time.Clock;

/**
 * So many a second, and as many at once after a quiet second. A clock that steps back refills nothing, and takes nothing away.
 * Thread-safe.
 */
public final class TokenBucket {
    private static final double MILLIS = 1_000;

    private final int perSecond;
    private final Clock clock;
    private double left;
    private long filledAt;

    /** A full bucket. */
    public TokenBucket(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
        this.left = perSecond;
        this.filledAt = clock.millis();
    }

    /** Takes one; false when there is none. */
    public synchronized boolean take() {
        refill();
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    private void refill() {
        long now = clock.millis();
        double since = Math.max(0, now - filledAt) / MILLIS;
        left = Math.min(perSecond, left + since * perSecond);
        filledAt = now;
    }
}

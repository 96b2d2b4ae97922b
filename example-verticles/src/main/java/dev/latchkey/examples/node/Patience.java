// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between two looks at something, until the time is up. */
public final class Patience {
    private static final long PAUSE_MILLIS = 50;

    private final long deadline;
    private final long pauseNanos;

    /** From now on. */
    public Patience(long seconds) {
        this(seconds, PAUSE_MILLIS);
    }

    /** From now on, with other pauses. */
    public Patience(long seconds, long pauseMillis) {
        this.pauseNanos = TimeUnit.MILLISECONDS.toNanos(pauseMillis);
        this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Waits a moment; false when the time is up. */
    public boolean waits() {
        LockSupport.parkNanos(pauseNanos);
        return System.nanoTime() < deadline;
    }
}

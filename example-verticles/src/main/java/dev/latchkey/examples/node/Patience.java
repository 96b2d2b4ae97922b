// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between two looks at something, until the time is up. */
public final class Patience {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long deadline;

    /** From now on. */
    public Patience(long seconds) {
        this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Waits a moment; false when the time is up. */
    public boolean waits() {
        LockSupport.parkNanos(PAUSE_NANOS);
        return System.nanoTime() < deadline;
    }
}

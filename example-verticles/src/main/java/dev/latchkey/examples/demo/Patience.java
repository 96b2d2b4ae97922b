// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Waits between two looks at something, until the time is up. */
final class Patience {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final long deadline;

    Patience(long seconds) {
        this.deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Waits a moment; false when the time is up. */
    boolean waits() {
        LockSupport.parkNanos(PAUSE_NANOS);
        return System.nanoTime() < deadline;
    }
}

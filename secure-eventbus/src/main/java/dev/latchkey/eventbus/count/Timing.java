// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.count;

import java.util.concurrent.atomic.LongAdder;

/** How often something took time, and how long in all. Thread-safe; a reading of both may fall between two of its additions. */
public final class Timing {
    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();

    /** Once more, for so long. */
    public void took(long more) {
        count.increment();
        nanos.add(more);
    }

    /** Once more, since a moment of {@link System#nanoTime}. */
    public void tookSince(long begin) {
        took(System.nanoTime() - begin);
    }

    /** How often. */
    public long count() {
        return count.sum();
    }

    /** How long in all, in nanoseconds. */
    public long nanos() {
        return nanos.sum();
    }
}

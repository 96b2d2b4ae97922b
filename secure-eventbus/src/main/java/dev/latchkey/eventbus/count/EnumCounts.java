// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.count;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** One counter for each constant of an enum, all there from the start, so that nothing grows. Thread-safe; allocates nothing. */
public final class EnumCounts<E extends Enum<E>> {
    private final Class<E> type;
    private final AtomicLongArray counts;

    /** All counters at 0. */
    public EnumCounts(Class<E> type) {
        this.type = type;
        this.counts = new AtomicLongArray(type.getEnumConstants().length);
    }

    /**
     * Counts one.
     *
     * @return true for the first, and each time that the number has doubled: the moments to log
     */
    public boolean add(E constant) {
        return Long.bitCount(counts.incrementAndGet(constant.ordinal())) == 1;
    }

    /** The number so far. */
    public long of(E constant) {
        return counts.get(constant.ordinal());
    }

    /** What was counted at least once. */
    public Map<E, Long> snapshot() {
        Map<E, Long> snapshot = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            if (of(constant) > 0) {
                snapshot.put(constant, of(constant));
            }
        }
        return snapshot;
    }
}

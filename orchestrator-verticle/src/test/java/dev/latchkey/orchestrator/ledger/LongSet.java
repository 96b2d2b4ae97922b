// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.ledger;

/**
 * A set of well-mixed 64-bit numbers, in 8 to 16 bytes each: open addressing with linear probing. Thread-safe, by shards, so that
 * the threads that add rarely wait for each other.
 */
public final class LongSet {
    private static final int SHARDS = 64;
    private static final int SHARD_BITS = 6;

    private final Shard[] shards = new Shard[SHARDS];

    /** An empty set. */
    public LongSet() {
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard();
        }
    }

    /** Adds a number; false when it was there. */
    public boolean add(long number) {
        return shards[(int) (number >>> (Long.SIZE - SHARD_BITS))].add(number);
    }

    /** How many numbers it holds. */
    public long size() {
        long size = 0;
        for (Shard shard : shards) {
            size += shard.size();
        }
        return size;
    }

    private static final class Shard {
        private static final int FIRST_CAPACITY = 1 << 10;

        private long[] slots = new long[FIRST_CAPACITY];
        private int used;

        /** An empty slot is 0, so the number 0 is held here. */
        private boolean hasZero;

        synchronized boolean add(long number) {
            if (number == 0) {
                boolean first = !hasZero;
                hasZero = true;
                return first;
            }
            if (!put(slots, number)) {
                return false;
            }
            used++;
            growIfCrowded();
            return true;
        }

        synchronized long size() {
            return used + (hasZero ? 1 : 0);
        }

        private void growIfCrowded() {
            if (used > slots.length - slots.length / 4) {
                long[] larger = new long[2 * slots.length];
                for (long number : slots) {
                    if (number != 0) {
                        put(larger, number);
                    }
                }
                slots = larger;
            }
        }

        private static boolean put(long[] slots, long number) {
            int mask = slots.length - 1;
            int slot = (int) number & mask;
            while (slots[slot] != 0) {
                if (slots[slot] == number) {
                    return false;
                }
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
            return true;
        }
    }
}

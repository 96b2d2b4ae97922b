// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The requests that wait for their answers, by reply address. Bounded, and thread-safe.
 *
 * <p>Each request comes and goes here, so it costs little: an address has a place, given by its hash, and nearly always has it for
 * itself. Only those that find theirs taken go into a map.
 */
final class PendingReplies {
    /** How many may wait; when they are very unevenly spread, up to {@value #PLACES} fewer. */
    static final int MAX = 262_144;

    /** A power of two. */
    static final int PLACES = 1 << 14;

    private final AtomicReferenceArray<@Nullable PendingReply> places = new AtomicReferenceArray<>(PLACES);
    private final Map<String, PendingReply> crowded = new ConcurrentHashMap<>();

    /** Adds one. Nothing else may wait at its address. */
    void put(PendingReply pending) {
        int place = place(pending.address());
        PendingReply there = places.get(place);
        if (there != null || !places.compareAndSet(place, null, pending)) {
            crowded.put(pending.address(), pending);
        }
    }

    /** What waits at an address, or null. */
    @Nullable
    PendingReply get(String address) {
        PendingReply there = places.get(place(address));
        return there != null && there.isAt(address) ? there : crowded.get(address);
    }

    /** Removes and returns what waits at an address, or null. */
    @Nullable
    PendingReply remove(String address) {
        int place = place(address);
        PendingReply there = places.get(place);
        if (there != null && there.isAt(address)) {
            return places.compareAndSet(place, there, null) ? there : null;
        }
        return crowded.remove(address);
    }

    /** True when no other one may wait. */
    boolean isFull() {
        // By the time that so many found their places taken, all places are.
        return crowded.size() >= MAX - PLACES;
    }

    /** How many wait; takes as long as to look at each place. */
    long size() {
        long[] found = {0};
        forEach(pending -> found[0]++);
        return found[0];
    }

    /** All that wait at this moment. */
    void forEach(Consumer<PendingReply> action) {
        for (int place = 0; place < PLACES; place++) {
            PendingReply there = places.get(place);
            if (there != null) {
                action.accept(there);
            }
        }
        crowded.values().forEach(action);
    }

    private static int place(String address) {
        int hash = address.hashCode();
        return (hash ^ hash >>> 16) & PLACES - 1;
    }
}

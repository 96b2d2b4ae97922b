// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all replay memories of a JVM may take together. Each token has a little for itself, whatever others do; what it needs beyond
 * that comes out of one pool. So a service that numbers its messages far apart fills no more than the pool, and starves nobody:
 * whoever gets nothing from the pool remembers less far back, and what lies behind that counts as seen. Thread-safe.
 */
final class ReplayBudget {
    /** Chunks and publishes in the pool: at most 60 MiB. */
    static final long POOL = 262_144;

    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong chunks = new AtomicLong();
    private final long pool;
    private final Bounds bounds;

    ReplayBudget(Bounds bounds) {
        this(POOL, bounds);
    }

    ReplayBudget(long pool, Bounds bounds) {
        this.pool = pool;
        this.bounds = bounds;
    }

    /** Takes one out of the pool; false when it is empty. */
    boolean take() {
        if (taken.incrementAndGet() <= pool) {
            return true;
        }
        taken.decrementAndGet();
        return false;
    }

    /** Gives back to the pool. */
    void give(long returned) {
        taken.addAndGet(-returned);
    }

    /** What is taken out of the pool. */
    long taken() {
        return taken.get();
    }

    void chunksChanged(long difference) {
        chunks.addAndGet(difference);
    }

    /** Chunks of all memories, their own ones included. */
    long chunks() {
        return chunks.get();
    }

    /** Notes that a memory forgot its oldest part. */
    void noteForgotten() {
        bounds.hit(Bound.REPLAY_MEMORY);
    }
}

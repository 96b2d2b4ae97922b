// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import java.lang.ref.WeakReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which of a caller's messages have arrived in this JVM. Thread-safe.
 *
 * <p>Exact, where a sliding window would guess: a consumer may be paused while others go on, and its messages then arrive
 * far behind the newest without being replays. One bit per message, in chunks of {@value #CHUNK_BITS}, for the newest
 * {@value #MAX_CHUNKS} chunks; whatever lies behind them is refused as seen. At full throttle that is half a megabyte for
 * one token; a token that sends a thousand messages takes one chunk. All memories of a JVM share a {@link ReplayBudget}.
 *
 * <p>A publish reaches each handler of a JVM as a copy of its own. Vert.x cuts these copies from one buffer, so the
 * buffer's identity tells the honest copies of one arrival from a second arrival.
 */
class ReplayMemory {
    static final int CHUNK_BITS = 1024;
    static final int MAX_CHUNKS = 4096;
    private static final int MAX_PUBLISHES = 1024;

    /** What each token has for itself, whatever others take. */
    static final int OWN_CHUNKS = 2;

    static final int OWN_PUBLISHES = 16;

    private final ReplayBudget budget;
    private final TreeMap<Long, long[]> chunks = new TreeMap<>();
    private final Map<Long, WeakReference<Object>> publishes = new Recent();

    /** The chunk that was asked for last, which nearly always is the one that is asked for next. */
    private long lastIndex = -1;

    private long @Nullable [] last;

    /** The first chunk that was not forgotten: what lies below stays refused, also when the pool has room again. */
    private long floor;

    private long borrowed;
    private boolean closed;

    /** A memory with a budget of its own. */
    ReplayMemory() {
        this(new ReplayBudget(new Bounds()));
    }

    /** A memory that shares a budget with others. */
    ReplayMemory(ReplayBudget budget) {
        this.budget = budget;
    }

    /** Null when the message is new, else why it is refused. */
    final synchronized @Nullable DenialReason remember(long sequence, boolean send, Object arrival) {
        if (closed) {
            return DenialReason.EXPIRED;
        }
        if (!mark(sequence)) {
            return !send && isCopy(sequence, arrival) ? null : DenialReason.REPLAYED;
        }
        if (!send) {
            publishes.put(sequence, new WeakReference<>(arrival));
        }
        return null;
    }

    private boolean isCopy(long sequence, Object arrival) {
        WeakReference<Object> first = publishes.get(sequence);
        return first != null && first.refersTo(arrival);
    }

    /** True when the bit was not set, and could be. */
    private boolean mark(long sequence) {
        long[] chunk = chunk(sequence / CHUNK_BITS);
        if (sequence < 0 || chunk == null) {
            return false;
        }
        int bit = (int) (sequence % CHUNK_BITS);
        boolean unseen = (chunk[bit / Long.SIZE] & 1L << bit) == 0;
        chunk[bit / Long.SIZE] |= 1L << bit;
        return unseen;
    }

    private long @Nullable [] chunk(long index) {
        if (index != lastIndex || last == null) {
            last = lookUp(index);
            lastIndex = index;
        }
        return last;
    }

    private long @Nullable [] lookUp(long index) {
        if (index < floor) {
            return null;
        }
        long[] known = chunks.get(index);
        return known == null ? begin(index) : known;
    }

    /** Null for a chunk behind all others, when there is no room. Later there may be, as nothing in it was seen. */
    private long @Nullable [] begin(long index) {
        if (mayGrow(chunks.size(), OWN_CHUNKS, MAX_CHUNKS)) {
            budget.chunksChanged(1);
        } else if (index < chunks.firstKey()) {
            return null;
        } else {
            forgetOldest();
        }
        return startChunk(index);
    }

    private void forgetOldest() {
        floor = chunks.firstKey() + 1;
        chunks.pollFirstEntry();
        budget.noteForgotten();
    }

    /** True when one more fits: as the token's own, or out of the pool. */
    private boolean mayGrow(int size, int own, int most) {
        if (size < own) {
            return true;
        }
        boolean taken = size < most && budget.take();
        borrowed += taken ? 1 : 0;
        return taken;
    }

    private long[] startChunk(long index) {
        long[] chunk = new long[CHUNK_BITS / Long.SIZE];
        chunks.put(index, chunk);
        return chunk;
    }

    /** Forgets everything, and gives back what it took; what is shown to it afterwards is refused. */
    final synchronized void close() {
        closed = true;
        budget.give(borrowed);
        budget.chunksChanged(-chunks.size());
        borrowed = 0;
        chunks.clear();
        last = null;
        publishes.clear();
    }

    /** The newest publishes; older ones have long reached all of their handlers. */
    private final class Recent extends LinkedHashMap<Long, WeakReference<Object>> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, WeakReference<Object>> eldest) {
            return !mayGrow(size() - 1, OWN_PUBLISHES, MAX_PUBLISHES);
        }
    }
}

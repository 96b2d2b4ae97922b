// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ciphers that virtual threads borrow from each other, for one direction. Thread-safe.
 *
 * <p>Bounded: of those that are given back, {@value #EACH} for each processor are kept, the last that was given back first. As no thread
 * waits for anything while it only uses some, more are seldom of use; but many threads that begin at once may each wait for a lock of the
 * JVM while they make theirs, and would leave thousands.
 */
final class LentCiphers {
    private static final int EACH = 2;

    static final int MOST = EACH * Runtime.getRuntime().availableProcessors();

    private final Deque<ThreadCiphers> free = new ConcurrentLinkedDeque<>();

    /** Never less than there are in the queue. */
    private final AtomicInteger kept = new AtomicInteger();

    /** Some that nobody else uses, until they are given back. */
    ThreadCiphers borrow() {
        ThreadCiphers first = free.pollFirst();
        if (first == null) {
            return new ThreadCiphers(this);
        }
        kept.decrementAndGet();
        return first;
    }

    /** Keeps them for the next thread, or leaves them to the garbage collector. */
    void giveBack(ThreadCiphers used) {
        if (kept.incrementAndGet() <= MOST) {
            free.addFirst(used);
        } else {
            kept.decrementAndGet();
        }
    }

    /** How many nobody uses at this moment. */
    int size() {
        return free.size();
    }
}

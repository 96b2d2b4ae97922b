// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Frame;
import org.jspecify.annotations.Nullable;

/**
 * Which of a token's messages have arrived in this JVM, and what came under the newest numbers, by which a second message under a number is
 * told from a replay of the first. The latter is bounded: {@value #KEPT} messages, eight bytes each, and nothing before the first.
 * Thread-safe.
 *
 * <p>One object and one lock for both: of a provider's many callers none is in a processor's caches, and each message needs both.
 *
 * <p>One number in each place: the lower half of the message's number, and four bytes of its tag. Two numbers that share a lower half are
 * 2^32 messages apart, which no key seals within the minute for which a message is fresh.
 */
final class MessageMemory extends ReplayMemory {
    static final int KEPT = 32;

    private static final long[] NONE = {};

    private long[] seals = NONE;

    /** A memory that shares a budget with others. */
    MessageMemory(ReplayBudget budget) {
        super(budget);
    }

    /**
     * Notes a message that opened. Null when it is new, else why it is refused.
     *
     * @param arrival what the copies of one publish share
     */
    synchronized @Nullable DenialReason remember(Frame frame, boolean send, Object arrival) {
        DenialReason refused = remember(frame.sequence(), send, arrival);
        if (refused == null) {
            keep(frame);
        }
        return refused;
    }

    private void keep(Frame frame) {
        if (seals.length == 0) {
            seals = new long[KEPT];
        }
        seals[place(frame)] = seal(frame);
    }

    /** True when another message came under this one's number; said once for each number, or a replay of it would count again. */
    synchronized boolean takeOther(Frame frame) {
        if (seals.length == 0 || frame.sequence() < 0) {
            // No counter gives a number below 0, but who holds a key can seal one. It is refused, and has no place
            // here.
            return false;
        }
        long kept = seals[place(frame)];
        boolean other = kept != 0 && (int) (kept >>> Integer.SIZE) == (int) frame.sequence() && kept != seal(frame);
        if (other) {
            seals[place(frame)] = 0;
        }
        return other;
    }

    private static int place(Frame frame) {
        return (int) (frame.sequence() % KEPT);
    }

    private static long seal(Frame frame) {
        return frame.sequence() << Integer.SIZE | Integer.toUnsignedLong(frame.tagMark());
    }
}

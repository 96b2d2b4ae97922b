// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import java.util.HashMap;
import java.util.Map;

/**
 * Plaintext messages, counted by the way they go. Bounded, since addresses are whatever instances say: the messages of a way
 * that does not fit are counted as one number. Thread-safe.
 */
public final class Traffic {
    /** How many ways an orchestrator counts apart. */
    public static final int MAX_PASSAGES = 10_000;

    private final int most;
    private final Map<Passage, Long> messages = new HashMap<>();
    private long overflow;

    /** Nothing yet, and room for {@link #MAX_PASSAGES}. */
    public Traffic() {
        this(MAX_PASSAGES);
    }

    /** Nothing yet, and room for so many ways. */
    public Traffic(int most) {
        this.most = most;
    }

    /** Counts messages. */
    public synchronized void add(Passage passage, long number) {
        if (messages.size() < most || messages.containsKey(passage)) {
            messages.merge(passage, number, Traffic::sum);
        } else {
            addOverflow(number);
        }
    }

    /** Counts messages that did not fit elsewhere. */
    public synchronized void addOverflow(long number) {
        overflow = sum(overflow, number);
    }

    /** All messages that were counted apart, as of now. */
    public synchronized Map<Passage, Long> messages() {
        return Map.copyOf(messages);
    }

    /** Messages that did not fit. */
    public synchronized long overflow() {
        return overflow;
    }

    /** The sum, or the largest number there is: an instance may tell any. */
    public static long sum(long one, long two) {
        return one > Long.MAX_VALUE - two ? Long.MAX_VALUE : one + two;
    }
}

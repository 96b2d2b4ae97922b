// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many messages, and bytes, wait for something at this moment, and how many may. Thread-safe; threads that add at one moment
 * may exceed the bound by one message each.
 */
final class Backlog {
    static final int MAX_MESSAGES = 65_536;
    static final long MAX_BYTES = 32L * 1024 * 1024;

    private final AtomicInteger messages = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    /** True when there is no room for a message of this size. */
    boolean isFull(int size) {
        return messages.get() >= MAX_MESSAGES || bytes.get() + size > MAX_BYTES;
    }

    void add(int size) {
        messages.incrementAndGet();
        bytes.addAndGet(size);
    }

    void remove(int size) {
        messages.decrementAndGet();
        bytes.addAndGet(-size);
    }

    /** Their bytes. */
    long bytes() {
        return bytes.get();
    }

    /** Messages that wait. */
    int messages() {
        return messages.get();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.notice;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What happened last, for people to look at; the oldest makes room. Thread-safe. */
public final class Recent<T> {
    private final int most;
    private final Deque<T> entries = new ArrayDeque<>();

    /** Room for so many. */
    public Recent(int most) {
        this.most = most;
    }

    /** Keeps one more. */
    public synchronized void add(T entry) {
        if (entries.size() == most) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** Those that are kept, the oldest first. */
    public synchronized List<T> list() {
        return List.copyOf(entries);
    }
}

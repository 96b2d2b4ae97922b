// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.count.EnumCounts;
import dev.latchkey.eventbus.registration.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Violations that no orchestrator was told of yet, each once. Bounded, and again for each instance, so that one that floods leaves room
 * for what others do. What does not fit is counted and forgotten. Thread-safe.
 */
final class Violations {
    static final int MAX = 1024;
    static final int MAX_OF_INSTANCE = 64;

    private final Set<Violation> waiting = new LinkedHashSet<>();
    private final Map<Long, Integer> ofInstance = new HashMap<>();
    private final EnumCounts<ViolationKind> seen = new EnumCounts<>(ViolationKind.class);
    private final Bounds bounds;

    Violations(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Counts one, and keeps it to be told. */
    void add(Violation violation) {
        seen.add(violation.kind());
        if (!keep(violation)) {
            bounds.hit(Bound.VIOLATIONS);
        }
    }

    /** Takes back what no orchestrator took; as far as there is room. */
    void giveBack(List<Violation> untold) {
        for (Violation violation : untold) {
            if (!keep(violation)) {
                bounds.hit(Bound.VIOLATIONS);
            }
        }
    }

    private synchronized boolean keep(Violation violation) {
        int others = ofInstance.getOrDefault(violation.token().instance(), 0);
        if (waiting.contains(violation)) {
            return true;
        }
        if (waiting.size() >= MAX || others >= MAX_OF_INSTANCE) {
            return false;
        }
        ofInstance.put(violation.token().instance(), others + 1);
        return waiting.add(violation);
    }

    /** Those of certain operations, oldest first, as many as one report may tell of; they do not wait any more. */
    synchronized List<Violation> take(Predicate<String> operations) {
        List<Violation> taken = waiting.stream()
                .filter(violation -> operations.test(violation.operation()))
                .limit(Violation.MAX_TOLD)
                .toList();
        taken.forEach(this::remove);
        return new ArrayList<>(taken);
    }

    private void remove(Violation violation) {
        waiting.remove(violation);
        ofInstance.computeIfPresent(violation.token().instance(), (instance, number) -> number > 1 ? number - 1 : null);
    }

    /** The operations of those that wait. */
    synchronized Set<String> operations() {
        Set<String> operations = new LinkedHashSet<>();
        waiting.forEach(violation -> operations.add(violation.operation()));
        return operations;
    }

    /** True when nothing waits. */
    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Those of one kind so far, told or not. */
    long of(ViolationKind kind) {
        return seen.of(kind);
    }
}

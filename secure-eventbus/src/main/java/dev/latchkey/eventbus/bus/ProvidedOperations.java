// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The operations that anybody in this JVM provides. A change of one member costs what that member provides, however many others there
 * are. Thread-safe.
 */
final class ProvidedOperations {
    /** Of those that provide any. Guarded by this. */
    private final Map<Object, Set<String>> byMember = new HashMap<>();

    /** By how many members each is provided; those of none are absent. */
    private final Map<String, Integer> providers = new ConcurrentHashMap<>();

    boolean contains(String operation) {
        return providers.containsKey(operation);
    }

    /** All of them, at this moment. */
    Set<String> all() {
        return Set.copyOf(providers.keySet());
    }

    /** Takes in what a member provides from now on. */
    synchronized void put(Object member, Set<String> operations) {
        Set<String> before = operations.isEmpty() ? byMember.remove(member) : byMember.put(member, operations);
        // First what is added: what stays is never missing.
        operations.forEach(operation -> providers.merge(operation.intern(), 1, Integer::sum));
        if (before != null) {
            before.forEach(this::takeOne);
        }
    }

    /** Forgets a member. */
    void remove(Object member) {
        put(member, Set.of());
    }

    private void takeOne(String operation) {
        providers.computeIfPresent(operation, (name, count) -> count > 1 ? count - 1 : null);
    }
}

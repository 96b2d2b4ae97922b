// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.observe.Traffic;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Who sends to an address, or who receives there, and how many messages. */
final class Parties {
    private final SortedMap<String, Long> services = new TreeMap<>();
    private final SortedMap<String, Long> plain = new TreeMap<>();

    void add(Passage passage, long messages) {
        (passage.isPlain() ? plain : services).merge(passage.toldBy(), messages, Traffic::sum);
    }

    void addAll(Parties others) {
        others.services.forEach((service, messages) -> services.merge(service, messages, Traffic::sum));
        others.plain.forEach((jvm, messages) -> plain.merge(jvm, messages, Traffic::sum));
    }

    /** Services on their secure bus. */
    SortedMap<String, Long> services() {
        return Collections.unmodifiableSortedMap(services);
    }

    /** Code on the plain bus, by the service in whose JVM it runs. */
    SortedMap<String, Long> plain() {
        return Collections.unmodifiableSortedMap(plain);
    }

    /** True when a policy can name at least one of them. */
    boolean areKnown() {
        return !services.isEmpty();
    }

    /** Messages of all of them. */
    long messages() {
        return Traffic.sum(sum(services), sum(plain));
    }

    private static long sum(SortedMap<String, Long> messages) {
        return messages.values().stream().reduce(0L, Traffic::sum);
    }

    /** The services; an empty name stands for code on the plain bus. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(services.keySet());
        if (!plain.isEmpty()) {
            names.add("");
        }
        return names;
    }
}

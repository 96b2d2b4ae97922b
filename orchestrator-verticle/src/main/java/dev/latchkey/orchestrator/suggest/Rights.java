// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.orchestrator.policy.ServiceOutline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What services may do: first all that they could before, then what was observed. */
final class Rights {
    private final Map<String, ServiceOutline> before;
    private final Map<String, Set<String>> provides = new TreeMap<>();
    private final Map<String, Set<String>> invokes = new TreeMap<>();
    private final Set<String> admitted = new TreeSet<>();

    Rights(Map<String, ServiceOutline> before) {
        this.before = before;
    }

    /** Allows an operation to everybody who was observed to use it. */
    void allow(String operation, List<Use> uses) {
        Use all = Use.sum(operation, uses);
        all.senders().services().keySet().forEach(service -> put(invokes, service, operation));
        all.receivers().services().keySet().forEach(service -> put(provides, service, operation));
    }

    /** Lets a service join, even if it may do nothing: it could before. */
    void admitAll(Use use) {
        for (Parties parties : List.of(use.senders(), use.receivers())) {
            admitted.addAll(parties.services().keySet());
            admitted.addAll(parties.plain().keySet());
        }
    }

    private void put(Map<String, Set<String>> rights, String service, String operation) {
        admitted.add(service);
        rights.computeIfAbsent(service, first -> new LinkedHashSet<>()).add(operation);
    }

    /** The services, the new ones last. */
    Map<String, ServiceOutline> services() {
        Map<String, ServiceOutline> services = new LinkedHashMap<>();
        before.forEach((name, outline) -> services.put(name, extended(name, outline)));
        ServiceOutline none = new ServiceOutline(List.of(), List.of());
        admitted.forEach(name -> services.computeIfAbsent(name, fresh -> extended(fresh, none)));
        return services;
    }

    private ServiceOutline extended(String name, ServiceOutline outline) {
        return new ServiceOutline(
                union(outline.provides(), provides.getOrDefault(name, Set.of())),
                union(outline.invokes(), invokes.getOrDefault(name, Set.of())));
    }

    private static List<String> union(List<String> before, Set<String> more) {
        Set<String> union = new LinkedHashSet<>(before);
        union.addAll(more);
        return new ArrayList<>(union);
    }
}

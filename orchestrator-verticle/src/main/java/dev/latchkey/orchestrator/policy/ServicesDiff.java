// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What would change for each service. */
final class ServicesDiff {
    private final Policy before;
    private final Policy after;

    ServicesDiff(Policy before, Policy after) {
        this.before = before;
        this.after = after;
    }

    List<PolicyChange> changes() {
        List<PolicyChange> all = new ArrayList<>();
        after.services().values().forEach(service -> all.addAll(kept(service)));
        before.services().values().stream()
                .filter(service -> !after.services().containsKey(service.name()))
                .forEach(service -> all.addAll(removed(service)));
        return all;
    }

    private List<PolicyChange> kept(ServicePolicy next) {
        Change change = change(next);
        ServicePolicy old = before.services().get(next.name());
        if (old == null) {
            change.add(PolicyEffect.LOOSENS, "is new: instances of it may register");
        }
        compare(change, "provide", old == null ? Set.of() : old.provides(), next.provides());
        compare(change, "invoke", old == null ? Set.of() : old.invokes(), next.invokes());
        return change.changes();
    }

    private static void compare(Change change, String verb, Set<String> old, Set<String> next) {
        next.stream()
                .filter(operation -> !old.contains(operation))
                .forEach(operation -> change.add(PolicyEffect.LOOSENS, "may " + verb + " " + operation));
        old.stream()
                .filter(operation -> !next.contains(operation))
                .forEach(operation -> change.add(PolicyEffect.TIGHTENS, "may no longer " + verb + " " + operation));
    }

    private static List<PolicyChange> removed(ServicePolicy old) {
        Change change = change(old);
        change.add(
                PolicyEffect.TIGHTENS,
                "is removed: no instance of it may register, and none gets tokens or keys any more");
        return change.changes();
    }

    private static Change change(ServicePolicy service) {
        return new Change("service " + service.name(), Set.of(service.name()));
    }
}

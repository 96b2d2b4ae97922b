// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Who has to do with an operation. */
final class Parties {
    private Parties() {}

    /** The services that may provide it or invoke it. */
    static Set<String> of(Policy policy, String operation) {
        Set<String> all = new TreeSet<>(policy.providersOf(operation));
        all.addAll(callers(policy, operation));
        return all;
    }

    /** The services that may invoke it. */
    static Set<String> callers(Policy policy, String operation) {
        return policy.services().values().stream()
                .filter(service -> service.invokes().contains(operation))
                .map(ServicePolicy::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Lease;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which nodes host what, as leases say, which only instances with a credential and orchestrators can write. */
final class Hosts {
    private final Policy policy;
    private final Map<String, Set<String>> providers = new HashMap<>();
    private final Map<String, Set<NodeAddress>> nodes = new HashMap<>();
    private final Set<String> unsure = new HashSet<>();

    Hosts(Policy policy, Collection<Lease> leases) {
        this.policy = policy;
        leases.forEach(this::add);
    }

    private void add(Lease lease) {
        NodeAddress node = lease.node();
        if (node != null) {
            nodes.computeIfAbsent(node.id(), first -> new HashSet<>()).add(node);
        }
        for (String operation : provided(lease)) {
            if (node == null) {
                unsure.add(operation);
            } else {
                providers.computeIfAbsent(operation, first -> new HashSet<>()).add(node.id());
            }
        }
    }

    /** Adds what the directory says of an operation. */
    void add(String operation, Collection<ProviderEntry> entries) {
        for (ProviderEntry entry : entries) {
            NodeAddress node = entry.node();
            if (node == null) {
                unsure.add(operation);
            } else {
                nodes.computeIfAbsent(node.id(), first -> new HashSet<>()).add(node);
                providers.computeIfAbsent(operation, first -> new HashSet<>()).add(node.id());
            }
        }
    }

    private Set<String> provided(Lease lease) {
        if (!lease.declaresAll()) {
            return lease.provides();
        }
        return policy.services().containsKey(lease.service())
                ? policy.services().get(lease.service()).provides()
                : Set.of();
    }

    /** True when no instance on the node may provide the operation, as far as all of its instances say where they are. */
    boolean isStrange(String operation, String node) {
        return !unsure.contains(operation)
                && !providers.getOrDefault(operation, Set.of()).contains(node);
    }

    /** Nodes that instances said they run on. */
    Set<String> nodes() {
        return nodes.keySet();
    }

    /** True when no instance on the node says that it is there. */
    boolean isChanged(NodeAddress node) {
        return !nodes.getOrDefault(node.id(), Set.of(node)).contains(node);
    }
}

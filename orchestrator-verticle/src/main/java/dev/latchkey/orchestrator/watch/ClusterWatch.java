// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Lease;
import dev.latchkey.orchestrator.state.Leases;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks for what cannot be prevented: a node that consumes at a strict address without an instance that may, and a node whose record
 * was changed.
 *
 * <p>Compares the cluster's maps, which any member can write, with leases, in which each instance said on which node it runs. Of
 * addresses with wildcards nobody can list who consumes, so they are not watched. The leases that this orchestrator has seen do
 * for most looks; all leases are read only when a consumer is strange by these. Use it on one context.
 */
public final class ClusterWatch {
    private final ClusterView view;
    private Policy policy;
    private final Leases leases;
    private final Suspicions suspicions;
    private boolean looking;

    /** A watch. */
    public ClusterWatch(ClusterView view, Policy policy, Leases leases, Noticed noticed) {
        this.view = view;
        this.policy = policy;
        this.leases = leases;
        this.suspicions = new Suspicions(noticed);
    }

    /** A node that consumes at an address of an operation. */
    private record Consumer(String operation, String address, String node) {
        private Suspicion suspicion() {
            return new Suspicion(Alarm.STRANGE_CONSUMER, "node " + node + " at '" + address + "'");
        }
    }

    /** From now on it looks by another policy. */
    public void follow(Policy next) {
        this.policy = next;
    }

    /** Looks once; does nothing while the look before is under way. What is suspicious in two looks raises an alarm. */
    public Future<Void> look() {
        if (looking) {
            return Future.succeededFuture();
        }
        looking = true;
        return consumers().compose(this::judge).onComplete(done -> looking = false);
    }

    private Future<List<Consumer>> consumers() {
        List<Future<List<Consumer>>> asked = new ArrayList<>();
        for (OperationPolicy operation : policy.operations().values()) {
            for (AddressPattern pattern : operation.operation().addresses()) {
                if (isWatched(pattern)) {
                    asked.add(consumers(operation.name(), pattern.toString()));
                }
            }
        }
        return all(asked).map(found -> found.stream().flatMap(List::stream).toList());
    }

    private boolean isWatched(AddressPattern pattern) {
        return !pattern.toString().contains("*") && policy.addressBook().modeAt(pattern.toString()) == Mode.STRICT;
    }

    private Future<List<Consumer>> consumers(String operation, String address) {
        return view.consumers(address).map(nodes -> nodes.stream()
                .map(node -> new Consumer(operation, address, node))
                .toList());
    }

    private Future<Void> judge(List<Consumer> consumers) {
        Hosts known = new Hosts(policy, leases.known());
        boolean newStrangers =
                strangers(consumers, known).stream().anyMatch(stranger -> !suspicions.isRaised(stranger));
        return newStrangers
                ? leases.all().compose(all -> judge(consumers, new Hosts(policy, both(all, leases.known()))))
                : judge(consumers, known);
    }

    private static Collection<Lease> both(Collection<Lease> one, Collection<Lease> other) {
        Set<Lease> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Set<Suspicion> strangers(List<Consumer> consumers, Hosts hosts) {
        Set<Suspicion> strangers = new HashSet<>();
        for (Consumer consumer : consumers) {
            if (hosts.isStrange(consumer.operation(), consumer.node())) {
                strangers.add(consumer.suspicion());
            }
        }
        return strangers;
    }

    private Future<Void> judge(List<Consumer> consumers, Hosts hosts) {
        return changedNodes(hosts).map(changed -> {
            Set<Suspicion> now = strangers(consumers, hosts);
            now.addAll(changed);
            suspicions.judge(now);
            return null;
        });
    }

    private Future<List<Suspicion>> changedNodes(Hosts hosts) {
        List<Future<Optional<Suspicion>>> asked =
                hosts.nodes().stream().map(node -> changed(node, hosts)).toList();
        return all(asked).map(found -> found.stream().flatMap(Optional::stream).toList());
    }

    private Future<Optional<Suspicion>> changed(String id, Hosts hosts) {
        return view.node(id).map(found -> found.filter(hosts::isChanged)
                .map(node -> new Suspicion(
                        Alarm.CHANGED_NODE, "node " + id + " is said to be at " + node.host() + ":" + node.port())));
    }

    private static <T> Future<List<T>> all(List<Future<T>> futures) {
        return Future.join(futures)
                .map(done -> futures.stream().map(Future::result).toList());
    }
}

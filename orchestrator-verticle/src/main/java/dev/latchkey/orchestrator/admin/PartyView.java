// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.orchestrator.policy.OperationPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.KeyEpoch;
import dev.latchkey.orchestrator.state.Lease;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Services, operations and instances as the API shows them: by what policy says, who is registered, and which keys are in use.
 *
 * @param policy the policy in force
 * @param leases the living instances by name
 * @param epochs the keys by operation; only numbers and times of them are shown
 * @param now the time
 */
record PartyView(Policy policy, Map<String, Lease> leases, Map<String, List<KeyEpoch>> epochs, Instant now) {

    JsonObject services() {
        return Items.of(policy.services().values().stream().map(this::service).collect(Items.toArray()));
    }

    private JsonObject service(ServicePolicy service) {
        return new JsonObject()
                .put("name", service.name())
                .put("provides", Items.sorted(service.provides()))
                .put("invokes", Items.sorted(service.invokes()))
                .put("instances", count(lease -> lease.service().equals(service.name())));
    }

    private long count(Predicate<Lease> wanted) {
        return leases.values().stream().filter(wanted).count();
    }

    JsonObject operations() {
        return Items.of(
                policy.operations().values().stream().map(this::operation).collect(Items.toArray()));
    }

    private JsonObject operation(OperationPolicy operation) {
        String name = operation.name();
        JsonObject view = new JsonObject()
                .put("name", name)
                .put("addresses", addresses(operation))
                .put("mode", mode(operation))
                .put("providers", Items.sorted(policy.providersOf(name)))
                .put("callers", Items.sorted(callers(name)))
                .put("instances", count(lease -> mayProvide(lease, name)))
                .put("tokenLifetime", operation.tokenLifetime().toString())
                .put("rotationInterval", operation.rotationInterval().toString());
        putEpochs(view, epochs.getOrDefault(name, List.of()));
        return view;
    }

    private static JsonArray addresses(OperationPolicy operation) {
        return Items.sorted(operation.operation().addresses().stream()
                .map(AddressPattern::toString)
                .toList());
    }

    /** {@code mixed} when its addresses are at different modes. */
    private static String mode(OperationPolicy operation) {
        Set<String> modes = operation.operation().addresses().stream()
                .map(address ->
                        operation.operation().modes().at(address.toString()).toString())
                .collect(Collectors.toSet());
        return modes.size() == 1 ? modes.iterator().next() : "mixed";
    }

    private Collection<String> callers(String operation) {
        return policy.services().values().stream()
                .filter(service -> service.invokes().contains(operation))
                .map(ServicePolicy::name)
                .toList();
    }

    private boolean mayProvide(Lease lease, String operation) {
        return lease.mayProvide(operation) && policy.mayProvide(lease.service(), operation);
    }

    /** Nothing is known of the keys until the orchestrator has read the shared state. */
    private void putEpochs(JsonObject view, List<KeyEpoch> line) {
        Optional<KeyEpoch> active =
                line.stream().filter(epoch -> isActive(epoch)).reduce((before, after) -> after);
        Optional<KeyEpoch> next =
                line.stream().filter(epoch -> !isActive(epoch)).findFirst();
        active.ifPresent(epoch -> view.put("activeEpoch", epoch.epoch()));
        next.ifPresent(epoch -> view.put("rotatesAt", time(epoch.activeFrom())));
        view.put(
                "epochs",
                line.stream()
                        .map(epoch -> new JsonObject()
                                .put("epoch", epoch.epoch())
                                .put("activeFrom", time(epoch.activeFrom()))
                                .put("state", state(epoch, active)))
                        .collect(Items.toArray()));
    }

    private boolean isActive(KeyEpoch epoch) {
        return epoch.activeFrom() <= now.toEpochMilli();
    }

    private String state(KeyEpoch epoch, Optional<KeyEpoch> active) {
        boolean current = active.isPresent() && active.get().epoch() == epoch.epoch();
        return current ? "active" : isActive(epoch) ? "retiring" : "prepared";
    }

    JsonObject instances() {
        return Items.of(leases.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> instance(entry.getKey(), entry.getValue()))
                .collect(Items.toArray()));
    }

    private JsonObject instance(String id, Lease lease) {
        JsonObject view = new JsonObject()
                .put("id", id)
                .put("service", lease.service())
                .put("provides", Items.sorted(declared(lease, true)))
                .put("invokes", Items.sorted(declared(lease, false)))
                .put("leaseUntil", time(lease.expiresAt()));
        NodeAddress node = lease.node();
        if (node != null) {
            view.put("node", node.host() + ":" + node.port()).put("nodeId", node.id());
        }
        return view;
    }

    /** What it declared, as far as policy still lets its service. */
    private Collection<String> declared(Lease lease, boolean provides) {
        ServicePolicy service = policy.services().get(lease.service());
        if (service == null) {
            return List.of();
        }
        Set<String> allowed = provides ? service.provides() : service.invokes();
        Set<String> named = provides ? lease.provides() : lease.invokes();
        return lease.declaresAll()
                ? allowed
                : named.stream().filter(allowed::contains).toList();
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}

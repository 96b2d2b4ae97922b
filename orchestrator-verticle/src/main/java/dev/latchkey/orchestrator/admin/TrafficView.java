// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import dev.latchkey.orchestrator.state.Carried;
import dev.latchkey.orchestrator.state.Lease;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;

/**
 * Who calls whom, as the API shows it: each right to call of policy, and what this orchestrator knows of its use.
 *
 * @param policy the policy in force
 * @param plaintext what instances told of plaintext
 * @param leases those of all living instances, with what they told of sealed messages
 */
record TrafficView(Policy policy, Map<Passage, Long> plaintext, Collection<Lease> leases) {
    private static final double TENTH = 10;

    JsonArray items() {
        JsonArray items = new JsonArray();
        policy.services().values().forEach(caller -> caller.invokes().stream()
                .sorted()
                .forEach(operation -> items.add(item(caller, operation))));
        return items;
    }

    private JsonObject item(ServicePolicy caller, String operation) {
        return new JsonObject()
                .put("caller", caller.name())
                .put("operation", operation)
                .put("providers", Items.sorted(policy.providersOf(operation)))
                .put("sealed", (long) sealed(caller.name(), operation, (carried, row) -> row.total()))
                .put(
                        "sealedPerSecond",
                        Math.round(sealed(caller.name(), operation, Carried::perSecond) * TENTH) / TENTH)
                .put("plaintext", plaintextOf(caller.name(), operation));
    }

    private double sealed(String caller, String operation, ToDoubleBiFunction<Carried, Carried.Row> number) {
        return leases.stream()
                .map(Lease::carried)
                .flatMapToDouble(carried -> carried.rows().stream()
                        .filter(row ->
                                row.caller().equals(caller) && row.operation().equals(operation))
                        .mapToDouble(row -> number.applyAsDouble(carried, row)))
                .sum();
    }

    private long plaintextOf(String caller, String operation) {
        return plaintext.entrySet().stream()
                .filter(entry -> entry.getKey().flow() == Flow.SENT)
                .filter(entry -> entry.getKey().service().equals(caller))
                .filter(entry -> isAt(entry.getKey().address(), operation))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private boolean isAt(String address, String operation) {
        Operation owner = policy.addressBook().operationAt(address);
        return owner != null && owner.name().equals(operation);
    }

    static JsonObject refused(Refused one) {
        return new JsonObject()
                .put("at", one.at().toString())
                .put("kind", one.kind().name())
                .put("service", one.service())
                .put("reason", one.reason().name())
                .put("code", one.reason().code())
                .put("detail", one.detail());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/**
 * Who calls whom, as the API shows it: each right to call of policy, and what this orchestrator knows of its use.
 *
 * @param policy the policy in force
 * @param plaintext what instances told of plaintext
 */
record TrafficView(Policy policy, Map<Passage, Long> plaintext) {

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
                .put("plaintext", plaintextOf(caller.name(), operation));
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

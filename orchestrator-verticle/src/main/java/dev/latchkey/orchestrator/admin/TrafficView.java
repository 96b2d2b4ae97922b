// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.orchestrator.issue.Refused;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.state.Carried;
import dev.latchkey.orchestrator.state.Lease;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Who calls whom, as the API shows it: each right to call of policy, and what this orchestrator knows of its use.
 *
 * @param policy the policy in force
 * @param plaintext what instances told of plaintext
 * @param leases those of all living instances, with what they told of sealed messages
 */
record TrafficView(Policy policy, Map<Passage, Long> plaintext, Collection<Lease> leases) {
    private static final double TENTH = 10;

    /** A right to call. */
    private record Call(String caller, String operation) {}

    /** Messages, and how many of them come in a second; doubles, as sums of what instances tell may be of any size. */
    private record Sealed(double total, double perSecond) {
        private static final Sealed NONE = new Sealed(0, 0);

        private Sealed and(Sealed more) {
            return new Sealed(total + more.total, perSecond + more.perSecond);
        }
    }

    // Leases and messages are gone through once, and not for each right: there may be thousands of either.
    JsonArray items() {
        Map<Call, Sealed> sealed = sealed();
        Map<Call, Long> plain = plain();
        JsonArray items = new JsonArray();
        policy.services().values().forEach(caller -> caller.invokes().stream()
                .sorted()
                .map(operation -> new Call(caller.name(), operation))
                .forEach(call ->
                        items.add(item(call, sealed.getOrDefault(call, Sealed.NONE), plain.getOrDefault(call, 0L)))));
        return items;
    }

    private JsonObject item(Call call, Sealed sealed, long plain) {
        return new JsonObject()
                .put("caller", call.caller())
                .put("operation", call.operation())
                .put("providers", Items.sorted(policy.providersOf(call.operation())))
                .put("sealed", (long) sealed.total())
                .put("sealedPerSecond", Math.round(sealed.perSecond() * TENTH) / TENTH)
                .put("plaintext", plain);
    }

    private Map<Call, Sealed> sealed() {
        Map<Call, Sealed> sums = new HashMap<>();
        for (Lease lease : leases) {
            Carried carried = lease.carried();
            carried.rows()
                    .forEach(row -> sums.merge(
                            new Call(row.caller(), row.operation()),
                            new Sealed(row.total(), carried.perSecond(row)),
                            Sealed::and));
        }
        return sums;
    }

    private Map<Call, Long> plain() {
        Map<Call, Long> sums = new HashMap<>();
        plaintext.forEach((passage, messages) -> {
            Operation owner = policy.addressBook().operationAt(passage.address());
            if (passage.flow() == Flow.SENT && owner != null) {
                sums.merge(new Call(passage.service(), owner.name()), messages, Long::sum);
            }
        });
        return sums;
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

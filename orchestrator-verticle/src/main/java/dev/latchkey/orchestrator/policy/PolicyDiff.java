// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What would change for whom, were one policy replaced by another. What both say in other words, such as a default that is written
 * out, is no change.
 *
 * @param changes those of the whole trust domain first, then of operations, then of services; each in the order of the newer policy
 */
public record PolicyDiff(List<PolicyChange> changes) {

    /** Copies. */
    public PolicyDiff {
        changes = List.copyOf(changes);
    }

    /** Compares two policies. */
    public static PolicyDiff between(Policy before, Policy after) {
        return new PolicyDiff(Stream.of(
                        new DomainDiff(before, after).changes(),
                        new OperationsDiff(before, after).changes(),
                        new ServicesDiff(before, after).changes())
                .flatMap(List::stream)
                .toList());
    }

    /** True when nothing would change. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** True when anything would be loosened. */
    public boolean loosens() {
        return changes.stream().anyMatch(change -> change.effect() == PolicyEffect.LOOSENS);
    }

    /** As JSON: {@code loosens}, and {@code changes}, each as {@link PolicyChange#toJson} writes it. */
    public JsonObject toJson() {
        JsonArray array = new JsonArray();
        changes.forEach(change -> array.add(change.toJson()));
        return new JsonObject().put("loosens", loosens()).put("changes", array);
    }
}

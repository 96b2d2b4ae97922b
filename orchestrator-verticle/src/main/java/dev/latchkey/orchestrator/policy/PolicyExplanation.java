// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * Why a service may or may not have to do with an operation.
 *
 * @param allowed whether it may invoke or provide it
 * @param verdict for people, in one line: what it may, or why not and what would change that
 * @param why the settings that decide, the deciding ones first
 */
public record PolicyExplanation(boolean allowed, String verdict, List<PolicyReason> why) {

    /** Copies. */
    public PolicyExplanation {
        why = List.copyOf(why);
    }

    /**
     * Explains a policy.
     *
     * @param service the name of a service, known or not
     * @param operation the name of an operation, known or not; or an address, which stands for the operation that it belongs to
     */
    public static PolicyExplanation of(Policy policy, String service, String operation) {
        return new Explainer(policy, service).explain(operation);
    }

    /** As JSON: {@code allowed}, {@code verdict}, {@code why}. */
    public JsonObject toJson() {
        JsonArray reasons = new JsonArray();
        why.forEach(reason -> reasons.add(reason.toJson()));
        return new JsonObject().put("allowed", allowed).put("verdict", verdict).put("why", reasons);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import io.vertx.core.json.JsonObject;

/**
 * One reason of a {@link PolicyExplanation}.
 *
 * @param rule the setting that says so, such as {@code services.gateway.invokes}
 * @param text for people, in one line
 */
public record PolicyReason(String rule, String text) {

    /** As JSON: {@code rule}, {@code text}. */
    public JsonObject toJson() {
        return new JsonObject().put("rule", rule).put("text", text);
    }
}

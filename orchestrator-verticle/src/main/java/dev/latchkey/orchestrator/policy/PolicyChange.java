// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that another policy would change.
 *
 * @param about what it is about: {@code service gateway}, {@code operation greet}, or {@code everybody}
 * @param effect which way it goes
 * @param text for people, in one line: what would be, and what it means
 * @param services whom it concerns, by name and in their order
 */
public record PolicyChange(String about, PolicyEffect effect, String text, Set<String> services) {

    /** Copies. */
    public PolicyChange {
        services = Collections.unmodifiableSortedSet(new TreeSet<>(services));
    }

    /** As JSON: {@code about}, {@code effect}, {@code text}, {@code services}. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("about", about)
                .put("effect", effect.toString())
                .put("text", text)
                .put("services", new JsonArray(services.stream().toList()));
    }
}

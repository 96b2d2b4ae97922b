// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What a scenario saw.
 *
 * @param figures all of it, for machines
 * @param table the same for people
 * @param failings what did not hold, in words; empty when all did
 */
record SoakReport(JsonObject figures, List<String> table, List<String> failings) {

    JsonObject toJson() {
        return figures.copy().put("failings", new JsonArray(failings)).put("held", failings.isEmpty());
    }
}

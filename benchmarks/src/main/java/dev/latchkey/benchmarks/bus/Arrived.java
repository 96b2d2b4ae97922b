// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * What a node's consumers got.
 *
 * @param messages since the run began
 * @param refused by their guard, since the node started
 */
record Arrived(long messages, long refused) {

    /** Null when exactly as many arrived as should, and none was ever refused; else what is wrong. */
    @Nullable
    String problem(long expected) {
        return messages == expected && refused == 0
                ? null
                : "of " + expected + " messages, " + messages + " arrived; refused so far: " + refused;
    }

    JsonObject toJson() {
        return new JsonObject().put("messages", messages).put("refused", refused);
    }

    static Arrived fromJson(JsonObject json) {
        return new Arrived(json.getLong("messages"), json.getLong("refused"));
    }
}

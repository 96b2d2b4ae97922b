// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.json.JsonObject;

/**
 * A victim's heap around the floods, each time after garbage collection.
 *
 * @param before bytes in use
 * @param after bytes in use
 */
record HeapGrowth(String node, long before, long after) {
    /** What a flood may leave behind in a victim: far below what it sent. */
    static final long MOST_GROWTH = 32L * 1024 * 1024;

    boolean bounded() {
        return after - before <= MOST_GROWTH;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("node", node)
                .put("beforeBytes", before)
                .put("afterBytes", after)
                .put("bounded", bounded());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** The heap of this JVM. */
final class Heap {
    private Heap() {}

    /** Bytes in use once garbage was collected. */
    static Future<JsonObject> measured() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        // Twice: what finalizers and reference queues let go is garbage only after the first.
        memory.gc();
        memory.gc();
        return Future.succeededFuture(
                new JsonObject().put("used", memory.getHeapMemoryUsage().getUsed()));
    }
}

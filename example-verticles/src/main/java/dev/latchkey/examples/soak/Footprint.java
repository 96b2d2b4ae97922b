// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import com.sun.management.OperatingSystemMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** What this JVM uses: heap that is reachable, and CPU time since it started. */
final class Footprint {
    private Footprint() {}

    static JsonObject now() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        // Twice: what the first collection finalises or clears is free after the second.
        memory.gc();
        memory.gc();
        long cpu = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
        return new JsonObject()
                .put("heapBytes", memory.getHeapMemoryUsage().getUsed())
                .put("cpuNanos", cpu);
    }
}

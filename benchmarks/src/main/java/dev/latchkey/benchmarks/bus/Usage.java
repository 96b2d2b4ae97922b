// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * What a JVM has used so far.
 *
 * @param cpuNanos CPU time of the process, garbage collection and compilation included; Linux tells it in steps of 10 ms
 * @param allocatedBytes of the heap, by the threads that are alive; those of the event bus live as long as their JVM
 */
record Usage(long cpuNanos, long allocatedBytes) {

    static Usage now() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Usage(system.getProcessCpuTime(), allocated);
    }

    Usage plus(Usage other) {
        return new Usage(cpuNanos + other.cpuNanos, allocatedBytes + other.allocatedBytes);
    }

    Usage minus(Usage before) {
        return new Usage(cpuNanos - before.cpuNanos, allocatedBytes - before.allocatedBytes);
    }

    JsonObject toJson() {
        return new JsonObject().put("cpuNanos", cpuNanos).put("allocatedBytes", allocatedBytes);
    }

    static Usage fromJson(JsonObject json) {
        return new Usage(json.getLong("cpuNanos"), json.getLong("allocatedBytes"));
    }
}

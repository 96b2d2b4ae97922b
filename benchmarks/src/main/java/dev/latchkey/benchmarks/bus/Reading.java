// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;

/**
 * One measurement.
 *
 * @param messages how many were sent, all of which arrived
 * @param nanos from the first one to the last one's arrival
 * @param usage of both JVMs together
 * @param serverCpuNanos of the receiving one alone
 * @param foreign which part of the machine other processes used meanwhile, 0 to 1
 * @param p50Nanos median time to an answer, 0 where it is not measured
 * @param p99Nanos 99th percentile of the same
 */
record Reading(
        long messages, long nanos, Usage usage, long serverCpuNanos, double foreign, long p50Nanos, long p99Nanos) {
    private static final double NANOS = 1e9;

    static Reading of(JsonObject run, Usage usage, long serverCpuNanos, double foreign) {
        return new Reading(
                run.getLong("messages"),
                run.getLong("nanos"),
                usage,
                serverCpuNanos,
                foreign,
                run.getLong("p50Nanos", 0L),
                run.getLong("p99Nanos", 0L));
    }

    double perSecond() {
        return messages * NANOS / nanos;
    }

    double cpuNanosPerMessage() {
        return (double) usage.cpuNanos() / messages;
    }

    double serverCpuNanosPerMessage() {
        return (double) serverCpuNanos / messages;
    }

    double allocatedPerMessage() {
        return (double) usage.allocatedBytes() / messages;
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("messages", messages)
                .put("nanos", nanos)
                .put("perSecond", perSecond())
                .put("cpuNanosPerMessage", cpuNanosPerMessage())
                .put("allocatedBytesPerMessage", allocatedPerMessage())
                .put("foreignLoad", foreign);
        return p50Nanos == 0 ? json : json.put("p50Nanos", p50Nanos).put("p99Nanos", p99Nanos);
    }
}

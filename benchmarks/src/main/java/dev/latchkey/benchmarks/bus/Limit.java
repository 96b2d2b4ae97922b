// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * When a run ends: whatever comes first.
 *
 * @param messages how many are sent, rounded up to whole batches
 * @param nanos for how long messages are sent
 */
record Limit(long messages, long nanos) {
    /** More than any run sends within a time; it bounds what a mistake could do. */
    private static final long MAX_MESSAGES = 20_000_000;

    static Limit of(Duration time) {
        return new Limit(MAX_MESSAGES, time.toNanos());
    }

    static Limit of(long messages, Duration time) {
        return new Limit(messages, time.toNanos());
    }

    boolean isReached(long sent, long elapsedNanos) {
        return sent >= messages || elapsedNanos >= nanos;
    }

    JsonObject toJson() {
        return new JsonObject().put("messages", messages).put("nanos", nanos);
    }

    static Limit fromJson(JsonObject json) {
        return new Limit(json.getLong("messages"), json.getLong("nanos"));
    }
}

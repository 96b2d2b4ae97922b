// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.json.JsonObject;

/**
 * What honest callers saw while they were attacked.
 *
 * @param sent requests
 * @param answered those whose true answer came
 * @param p50Millis median time to the answer, in milliseconds
 * @param p99Millis the time that 99 of 100 answers kept
 */
record HonestTraffic(long sent, long answered, double p50Millis, double p99Millis) {

    static HonestTraffic fromJson(JsonObject json) {
        return new HonestTraffic(
                json.getLong("sent"),
                json.getLong("answered"),
                json.getDouble("p50Millis"),
                json.getDouble("p99Millis"));
    }

    long lost() {
        return sent - answered;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("sent", sent)
                .put("answered", answered)
                .put("lost", lost())
                .put("p50Millis", p50Millis)
                .put("p99Millis", p99Millis);
    }
}

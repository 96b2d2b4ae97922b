// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * A figure that was measured several times.
 *
 * @param median of an even number of values, the mean of the two in the middle
 */
record Spread(double median, double min, double max) {

    /** The spread of at least one value. */
    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no values; give at least one");
        }
        double middle = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return new Spread(middle, sorted[0], Arrays.stream(sorted).max().orElse(middle));
    }

    JsonObject toJson() {
        return new JsonObject().put("median", median).put("min", min).put("max", max);
    }
}

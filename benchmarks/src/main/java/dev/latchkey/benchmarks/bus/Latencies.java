// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;

/** How long answers took. The same memory for all runs, as it would else be counted as what messages allocate. */
final class Latencies {
    private static final int CAPACITY = 1 << 18;
    private static final double MEDIAN = 0.5;
    private static final double TAIL = 0.99;

    private final long[] nanos = new long[CAPACITY];
    private int count;

    void clear() {
        count = 0;
    }

    /** Notes one, unless very many are noted already. */
    void add(long taken) {
        if (count < CAPACITY) {
            nanos[count++] = taken;
        }
    }

    JsonObject toJson() {
        Arrays.sort(nanos, 0, count);
        return new JsonObject().put("p50Nanos", quantile(MEDIAN)).put("p99Nanos", quantile(TAIL));
    }

    private long quantile(double part) {
        return count == 0 ? 0 : nanos[(int) ((count - 1) * part)];
    }
}

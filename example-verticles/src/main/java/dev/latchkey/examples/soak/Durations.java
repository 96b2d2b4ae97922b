// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** Times that something took, of which percentiles are wanted. Bounded: the newest are kept. Not thread-safe. */
final class Durations {
    private static final int MAX = 100_000;

    private final long[] nanos;
    private int count;

    Durations() {
        this.nanos = new long[MAX];
    }

    void add(long nanosTaken) {
        nanos[count % MAX] = nanosTaken;
        count++;
    }

    int count() {
        return count;
    }

    /** The time in milliseconds that a share of all did not exceed; 0 when there is none. */
    double millis(double share) {
        int kept = Math.min(count, MAX);
        if (kept == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, kept);
        Arrays.sort(sorted);
        int index = (int) Math.ceil(share * kept) - 1;
        return sorted[Math.max(0, index)] / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("count", count)
                .put("p50Millis", millis(0.5))
                .put("p99Millis", millis(0.99))
                .put("maxMillis", millis(1));
    }
}

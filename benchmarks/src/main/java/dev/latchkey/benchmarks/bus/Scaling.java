// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.eventbus.bus.ManyCallers;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** One provider with more and more callers, and with more and more operations. */
record Scaling(List<ManyCallers.Result> results) {
    /** How many callers take turns, where it is not all of them. */
    private static final int SOME = 100;

    /** Tokens, operations, and how many callers take turns; 0 for all. */
    private static final int[][] SIZES = {
        {1, 1, 0},
        {100, 1, 0},
        {10_000, 1, SOME},
        {100_000, 1, SOME},
        {10_000, 1, 0},
        {100_000, 1, 0},
        {1_000, 10, 0},
        {1_000, 100, 0},
        {1_000, 1_000, 0}
    };

    private static final double NANOS = 1e9;

    static Scaling run(Consumer<String> say) throws Exception {
        List<ManyCallers.Result> results = new ArrayList<>();
        // What the compilers learn from the first one is not the first one's.
        ManyCallers.measure(100, 1, 0);
        for (int[] size : SIZES) {
            say.accept("measuring " + size[0] + " tokens, " + size[1] + " operations");
            ManyCallers.Result result = ManyCallers.measure(size[0], size[1], size[2]);
            say.accept(line(result));
            results.add(result);
        }
        return new Scaling(results);
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%8s %11s %9s %11s %12s %15s",
                "tokens",
                "operations",
                "together",
                "ns/message",
                "messages/s",
                "heap B/token"));
        results.forEach(result -> lines.add(line(result)));
        return lines;
    }

    private static String line(ManyCallers.Result result) {
        return String.format(
                Locale.ROOT,
                "%8d %11d %9s %11d %12.0f %15s",
                result.tokens(),
                result.operations(),
                result.together() == 0 ? "all" : result.together(),
                result.nanosPerMessage(),
                NANOS / result.nanosPerMessage(),
                heap(result));
    }

    /** Of few tokens the heap tells nothing: what else comes and goes is more. */
    private static String heap(ManyCallers.Result result) {
        return result.tokens() < 1_000 ? "-" : Long.toString(result.heapPerToken());
    }

    JsonObject toJson() {
        JsonArray told = new JsonArray();
        results.forEach(result -> told.add(new JsonObject()
                .put("tokens", result.tokens())
                .put("operations", result.operations())
                .put("together", result.together())
                .put("nanosPerMessage", result.nanosPerMessage())
                .put("heapBytesPerToken", result.heapPerToken())));
        return new JsonObject().put("scaling", told);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** A pair of JVMs with a number of callers or of operations, and what was measured with them. */
final class Crowd implements AutoCloseable {
    private static final int WARM_UP_DIVISOR = 5;

    private final CrowdSize size;
    private final Pair pair;
    private final Map<Traffic, List<Reading>> readings = new HashMap<>();

    Crowd(CrowdSize size, Pair pair) {
        this.size = size;
        this.pair = pair;
    }

    CrowdSize size() {
        return size;
    }

    /** A run that is not looked at. */
    void warmUp(Traffic traffic, Limit limit) throws NodeException {
        pair.run(traffic, limit);
    }

    void measure(Traffic traffic, Limit limit) throws IOException, NodeException {
        pair.run(traffic, new Limit(limit.messages(), limit.nanos() / WARM_UP_DIVISOR));
        readings(traffic).add(pair.measure(traffic, limit));
    }

    private List<Reading> readings(Traffic traffic) {
        return readings.computeIfAbsent(traffic, first -> new ArrayList<>());
    }

    Spread over(Traffic traffic, ToDoubleFunction<Reading> figure) {
        return Spread.of(readings(traffic).stream().mapToDouble(figure));
    }

    /** Of the ratios within each round. */
    Spread ratio(Traffic traffic, Crowd to, ToDoubleFunction<Reading> figure) {
        List<Reading> mine = readings(traffic);
        List<Reading> others = to.readings(traffic);
        return Spread.of(IntStream.range(0, mine.size())
                .mapToDouble(i -> figure.applyAsDouble(mine.get(i)) / figure.applyAsDouble(others.get(i))));
    }

    JsonObject toJson(Traffic traffic, Crowd to) {
        return traffic.toJson()
                .mergeIn(size.toJson())
                .put("perSecond", over(traffic, Reading::perSecond).toJson())
                .put("ratioToFirst", ratio(traffic, to, Reading::perSecond).toJson())
                .put(
                        "cpuNanosPerMessage",
                        over(traffic, Reading::cpuNanosPerMessage).toJson())
                .put(
                        "providerCpuNanosPerMessage",
                        over(traffic, Reading::serverCpuNanosPerMessage).toJson());
    }

    @Override
    public void close() {
        pair.close();
    }
}

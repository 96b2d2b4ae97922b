// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * A fixed set of metrics, each of them live: reading them costs whoever reads, and nothing on the way of a message. {@link
 * LatchkeyMetrics} binds them to Micrometer.
 */
public final class Metrics {
    private final List<Metric> all;

    /** These metrics. */
    public Metrics(List<Metric> all) {
        this.all = List.copyOf(all);
    }

    /** One metric for each constant of an enum, whether or not it was ever counted. */
    public static <E extends Enum<E>> Stream<Metric> each(MetricName name, Class<E> type, ToLongFunction<E> reading) {
        return Stream.of(type.getEnumConstants())
                .map(constant -> new Metric(name, constant.name(), () -> reading.applyAsLong(constant)));
    }

    /** All of them. */
    public List<Metric> all() {
        return all;
    }

    private static void read(Metric metric, Map<String, Long> snapshot) {
        snapshot.put(metric.key(), metric.value());
        if (metric.name().kind() == MetricKind.TIMER) {
            snapshot.put(metric.key() + ".nanos", metric.nanos().getAsLong());
        }
    }

    /** The numbers as of now, by {@link Metric#key}; of a timer also the nanoseconds in all, behind {@code .nanos}. */
    public Map<String, Long> snapshot() {
        Map<String, Long> snapshot = new LinkedHashMap<>();
        all.forEach(metric -> read(metric, snapshot));
        return Collections.unmodifiableMap(snapshot);
    }
}

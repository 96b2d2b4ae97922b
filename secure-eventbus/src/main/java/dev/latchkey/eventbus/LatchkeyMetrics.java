// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;

/**
 * Shows Latchkey's metrics to Micrometer: {@code new LatchkeyMetrics(bus.metrics()).bindTo(registry)}. Bind once for each Vertx,
 * since its numbers are those of all instances in it, and once for each orchestrator.
 *
 * <p>A registry holds on to nothing that it reads: the numbers end with the Vertx or the orchestrator whose they are.
 *
 * <p>The only class that needs Micrometer on the class path; without it nothing else changes.
 */
public final class LatchkeyMetrics implements MeterBinder {
    private final Metrics metrics;

    /** A binder of these metrics, which it reads whenever the registry asks. */
    public LatchkeyMetrics(Metrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        metrics.all().forEach(metric -> bind(metric, registry));
    }

    private static void bind(Metric metric, MeterRegistry registry) {
        MetricName name = metric.name();
        switch (name.kind()) {
            case COUNTER ->
                FunctionCounter.builder(name.id(), metric, Metric::value)
                        .description(name.text())
                        .tags(tags(metric))
                        .register(registry);
            case GAUGE ->
                Gauge.builder(name.id(), metric, Metric::value)
                        .description(name.text())
                        .tags(tags(metric))
                        .register(registry);
            case TIME ->
                TimeGauge.builder(name.id(), metric, TimeUnit.MILLISECONDS, Metric::value)
                        .description(name.text())
                        .tags(tags(metric))
                        .register(registry);
            case TIMER ->
                FunctionTimer.builder(name.id(), metric, Metric::value, LatchkeyMetrics::nanos, TimeUnit.NANOSECONDS)
                        .description(name.text())
                        .tags(tags(metric))
                        .register(registry);
        }
    }

    private static double nanos(Metric metric) {
        return metric.nanos().getAsLong();
    }

    private static Tags tags(Metric metric) {
        String label = metric.name().label();
        return label == null ? Tags.empty() : Tags.of(label, metric.labelValue());
    }
}

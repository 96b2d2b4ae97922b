// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.Metric;
import dev.latchkey.eventbus.MetricName;
import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.orchestrator.breach.BreachCounts;
import dev.latchkey.orchestrator.issue.Tally;
import dev.latchkey.orchestrator.notice.Noticed;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** The metrics of one orchestrator: readings of what it counts anyway. */
final class OrchestratorMetrics {
    private OrchestratorMetrics() {}

    /** How a question ended. */
    private enum Outcome {
        REGISTERED,
        RENEWED,
        LEFT,
        DENIED,
        OVERLOADED,
        REPORTED
    }

    /** What is read when it is asked for. */
    record Readings(LongSupplier leases, LongSupplier epochAge, Timing rotations, LongSupplier auditLost) {}

    static Metrics of(Tally tally, Noticed noticed, BreachCounts breaches, Readings readings) {
        List<Metric> all = new ArrayList<>();
        Metrics.each(MetricName.REGISTRATIONS, Outcome.class, outcome -> number(tally, outcome))
                .forEach(all::add);
        all.add(new Metric(MetricName.TOKENS_ISSUED, () -> tally.snapshot().issued()));
        all.add(new Metric(MetricName.ROTATIONS, () -> tally.snapshot().rotations()));
        all.add(new Metric(MetricName.LEASES, readings.leases()));
        Metrics.each(MetricName.BOUND_HIT, Bound.class, noticed::of).forEach(all::add);
        Metrics.each(MetricName.ALARMS, Alarm.class, noticed::of).forEach(all::add);
        Metrics.each(MetricName.VIOLATIONS, ViolationKind.class, breaches::of).forEach(all::add);
        all.add(new Metric(MetricName.QUARANTINES, breaches::quarantines));
        all.add(new Metric(MetricName.EPOCH_AGE, readings.epochAge()));
        all.add(new Metric(MetricName.ROTATION, "", readings.rotations()::count, readings.rotations()::nanos));
        all.add(new Metric(MetricName.AUDIT_LOST, readings.auditLost()));
        return new Metrics(all);
    }

    private static long number(Tally tally, Outcome outcome) {
        return switch (outcome) {
            case REGISTERED -> tally.snapshot().registered();
            case RENEWED -> tally.snapshot().renewed();
            case LEFT -> tally.snapshot().left();
            case DENIED -> tally.snapshot().denied();
            case OVERLOADED -> tally.overloads();
            case REPORTED -> tally.reports();
        };
    }
}

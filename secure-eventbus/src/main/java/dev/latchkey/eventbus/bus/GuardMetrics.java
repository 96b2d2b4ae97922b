// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Metric;
import dev.latchkey.eventbus.MetricName;
import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.ViolationKind;
import java.util.ArrayList;
import java.util.List;

/** The metrics of one Vertx: readings of what its guard counts anyway. */
final class GuardMetrics {
    private GuardMetrics() {}

    static Metrics of(BusGuard guard) {
        List<Metric> all = new ArrayList<>();
        all.add(new Metric(MetricName.SEALED, () -> guard.codec().sealed()));
        all.add(new Metric(MetricName.OPENED, guard.opened()::sum));
        all.add(new Metric(
                MetricName.HELD,
                () -> guard.waiting().messages() + (long) guard.claiming().messages()));
        all.add(new Metric(
                MetricName.HELD_BYTES,
                () -> guard.waiting().bytes() + guard.claiming().bytes()));
        all.add(new Metric(MetricName.TOKENS_CACHED, () -> guard.sessions().size()));
        all.add(new Metric(
                MetricName.REPLAY_CHUNKS, () -> guard.sessions().replayBudget().chunks()));
        all.add(new Metric(MetricName.PENDING, guard::pendingRequests));
        Metrics.each(MetricName.REFUSED, DenialReason.class, guard.refusals()::of)
                .forEach(all::add);
        Metrics.each(MetricName.BOUND_HIT, Bound.class, bound -> hits(guard, bound))
                .forEach(all::add);
        Metrics.each(MetricName.ALARMS, Alarm.class, guard.alarms()::of).forEach(all::add);
        Metrics.each(MetricName.VIOLATIONS, ViolationKind.class, guard.violations()::of)
                .forEach(all::add);
        all.add(new Metric(MetricName.RESOLVE, "", guard.searches()::count, guard.searches()::nanos));
        all.add(new Metric(MetricName.TOKEN_AGE, guard::oldestToken));
        Metrics.each(MetricName.LEASE_STATE, Health.class, guard::members).forEach(all::add);
        return new Metrics(all);
    }

    private static long hits(BusGuard guard, Bound bound) {
        return bound == Bound.OBSERVATIONS
                ? guard.observations().overflow()
                : guard.bounds().of(bound);
    }
}

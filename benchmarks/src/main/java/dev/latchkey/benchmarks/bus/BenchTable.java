// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, for people: medians, with the least and the most in brackets. */
final class BenchTable {
    private static final double NANOS_PER_MICRO = 1_000;
    private static final double PERCENT = 100;
    private static final String ABSENT = "-";

    private BenchTable() {}

    static List<String> of(List<Summary> summaries) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-14s %7s %-12s %9s %-19s %-18s %8s %9s %9s %-15s %7s",
                "traffic",
                "bytes",
                "mode",
                "msgs/s",
                "",
                "ratio to plain",
                "CPU us",
                "alloc B",
                "wire B",
                "p50/p99 us",
                "foreign"));
        summaries.forEach(summary -> lines.add(line(summary)));
        return lines;
    }

    private static String line(Summary summary) {
        return String.format(
                Locale.ROOT,
                "%-14s %7d %-12s %9.0f %-19s %-18s %8.2f %9.0f %9s %-15s %6.0f%%",
                summary.traffic().kind().label(),
                summary.traffic().size(),
                summary.mode().label(),
                summary.perSecond().median(),
                range("[%.0f..%.0f]", summary.perSecond()),
                ratio(summary),
                summary.cpuNanosPerMessage().median() / NANOS_PER_MICRO,
                summary.allocatedPerMessage().median(),
                wire(summary),
                latency(summary),
                summary.foreign().max() * PERCENT);
    }

    private static String range(String format, Spread spread) {
        return String.format(Locale.ROOT, format, spread.min(), spread.max());
    }

    private static String ratio(Summary summary) {
        if (!summary.hasPlain()) {
            return ABSENT;
        }
        Spread ratio = summary.ratioToPlain();
        return String.format(Locale.ROOT, "%.2f ", ratio.median()) + range("[%.2f..%.2f]", ratio);
    }

    private static String wire(Summary summary) {
        return summary.wireBytes().isPresent()
                ? String.format(Locale.ROOT, "%.1f", summary.wireBytes().getAsDouble())
                : ABSENT;
    }

    private static String latency(Summary summary) {
        return summary.traffic().kind() == Kind.LATENCY
                ? String.format(
                        Locale.ROOT,
                        "%.0f/%.0f",
                        summary.p50Nanos().median() / NANOS_PER_MICRO,
                        summary.p99Nanos().median() / NANOS_PER_MICRO)
                : ABSENT;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.TreeSet;

/** The report for people. */
final class AttackTable {
    private static final String LINE = "  %-13s %-50s %-24s %-8s %-8s %s";

    private final PrintWriter out;

    AttackTable(PrintWriter out) {
        this.out = out;
    }

    void head() {
        out.println(line("family", "attack", "seen", "handler", "secret", "held"));
    }

    void row(AttackRow row) {
        String name = row.control() ? "(control) " + row.name() : row.name();
        String seen = row.expected().contains(row.seen())
                ? row.seen()
                : row.seen() + ", not " + String.join(" or ", new TreeSet<>(row.expected()));
        out.println(
                line(row.family(), name, seen, yes(row.handlerReached()), yes(row.plaintextSeen()), yes(row.held())));
        out.flush();
    }

    void totals(AttackReport report) {
        long held = report.rows().stream()
                .filter(row -> !row.control() && row.held())
                .count();
        out.println();
        total("attacks held off", held + " of " + report.attacks());
        total("controls that arrived", arrived(report) + " of " + (report.rows().size() - report.attacks()));
        HonestTraffic honest = report.honest();
        total("honest requests", honest.sent() + ", lost " + honest.lost());
        total("  time to the answer", "p50 " + honest.p50Millis() + " ms, p99 " + honest.p99Millis() + " ms");
        report.heaps()
                .forEach(heap -> total(
                        "heap of " + heap.node(),
                        mebibytes(heap.before()) + " before, " + mebibytes(heap.after()) + " after"));
        total("bytes on the wire", String.format(Locale.ROOT, "%,d", report.wireBytes()));
        total(
                "plaintext on the wire",
                report.leaks().isEmpty() ? "none" : report.leaks().toString());
        out.println();
    }

    private static long arrived(AttackReport report) {
        return report.rows().stream().filter(row -> row.control() && row.held()).count();
    }

    private void total(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-24s %s", name, value));
    }

    private static String mebibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / 1024.0 / 1024.0);
    }

    private static String line(String family, String name, String seen, String reached, String secret, String held) {
        return String.format(Locale.ROOT, LINE, family, name, seen, reached, secret, held);
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** The report for people. */
final class DemoTable {
    private final PrintWriter out;

    DemoTable(PrintWriter out) {
        this.out = out;
    }

    void print(DemoReport report) {
        out.println();
        row("nodes", report.nodes() + " JVMs and an intruder");
        row("instances joined", String.valueOf(report.joined()));
        row("time to join, median", report.joinMillisP50() + " ms");
        row("messages sent", String.valueOf(report.sent()));
        row("messages delivered", String.valueOf(report.delivered()));
        row("messages lost", String.valueOf(report.lost()));
        row("sealed bytes, captured", String.format(Locale.ROOT, "%,d", report.wireBytes()));
        row("rotations meanwhile", String.valueOf(report.rotations()));
        row(
                "plaintext on the wire",
                report.leaks().isEmpty() ? "none" : report.leaks().toString());
        out.println();
        out.println(line("attack", "refused", "reason", "handler reached", "plaintext seen"));
        report.attacks()
                .forEach(attack -> out.println(line(
                        attack.name(),
                        yes(attack.refused()),
                        attack.reason(),
                        yes(attack.handlerReached()),
                        yes(attack.plaintextSeen()))));
        out.println();
    }

    private void row(String name, String value) {
        out.println(String.format(Locale.ROOT, "  %-24s %s", name, value));
    }

    private static String line(String name, String refused, String reason, String reached, String seen) {
        return String.format(Locale.ROOT, "  %-48s %-8s %-16s %-16s %s", name, refused, reason, reached, seen);
    }

    private static String yes(boolean value) {
        return value ? "yes" : "no";
    }
}

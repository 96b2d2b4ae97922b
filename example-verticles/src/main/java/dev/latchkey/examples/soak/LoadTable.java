// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The runs of a plan, side by side, for people. */
final class LoadTable {
    private LoadTable() {}

    static List<String> of(List<RunReport> runs) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "  %-8s %-8s %11s %11s %8s %8s %8s %8s %9s",
                "bus",
                "stream",
                "sent",
                "done",
                "lost",
                "unknown",
                "refused",
                "doubled",
                "reordered"));
        for (RunReport run : runs) {
            run.accounts().forEach((kind, account) -> lines.add(line(run.bus(), kind.label(), account)));
            lines.add(line(run.bus(), "all", run.total()));
        }
        runs.forEach(run -> details(run, lines));
        return lines;
    }

    private static String line(SoakBus bus, String stream, Account account) {
        return String.format(
                Locale.ROOT,
                "  %-8s %-8s %,11d %,11d %8d %8d %8d %8d %9d",
                bus.label(),
                stream,
                account.sent(),
                account.done(),
                account.lost(),
                account.unknown(),
                account.refused(),
                account.doubled(),
                account.reordered());
    }

    private static void details(RunReport run, List<String> lines) {
        if (!run.endings().isEmpty()) {
            lines.add(
                    "  " + run.bus().label() + ": ended badly: " + run.endings().encode());
        }
        if (run.bus() == SoakBus.SECURED) {
            run.providers()
                    .forEach(provider -> lines.add("  secured: refused by one provider: "
                            + provider.getJsonObject("refused").encode()));
            lines.add(String.format(
                    Locale.ROOT,
                    "  secured: %d rotations seen by one orchestrator; %.1f requests to orchestrators a second, at most %d;"
                            + " %d joins failed",
                    run.orchestrators().rotations(),
                    run.orchestrators().mean(),
                    run.orchestrators().peak(),
                    run.failedJoins()));
            run.callers()
                    .forEach(caller -> lines.add("  secured: from joining to the first answer, in one caller: "
                            + caller.getJsonObject("joins").encode()));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.orchestrator.observe.Traffic;
import java.util.ArrayList;
import java.util.List;

/** What a suggested policy says of itself: where it comes from, what it does, what to do next, and what to see to. */
final class Preamble {
    private Preamble() {}

    static List<String> of(Plan plan) {
        List<String> lines = new ArrayList<>();
        lines.add("Suggested by 'latchkey policy suggest' from plaintext messages that were observed: " + sent(plan)
                + " sent, at " + addresses(plan.observed().size()) + ".");
        lines.add("The counts are what happened, which is not always what should be allowed.");
        lines.add("Suggested operations are in mode " + plan.mode() + ": " + consequence(plan));
        lines.add("Next:");
        lines.add("1. Remove what nobody should do; rename operations as you like.");
        lines.add("2. Run 'latchkey policy check' on this file and start every orchestrator with it.");
        lines.add("3. Set operations to 'mode: permissive', and to 'mode: strict' once no plaintext is counted there.");
        if (!plan.warnings().isEmpty()) {
            lines.add("");
            lines.add("Warnings:");
            plan.warnings().forEach(warning -> lines.add("- " + warning));
        }
        return lines;
    }

    private static String addresses(int number) {
        return number + (number == 1 ? " address" : " addresses");
    }

    private static long sent(Plan plan) {
        return plan.observed().stream().map(use -> use.senders().messages()).reduce(0L, Traffic::sum);
    }

    private static String consequence(Plan plan) {
        return switch (plan.mode()) {
            case OFF -> "messages go as they did, and are counted no more.";
            case OBSERVE -> "messages go as they did, and are counted.";
            case PERMISSIVE -> "services that may seal do; plaintext passes, is counted and logged.";
            case STRICT -> "plaintext passes no more, from the moment that this file is applied.";
        };
    }
}

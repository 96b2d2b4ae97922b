// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cli.remote.Printable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what another policy changes, whoever compared them. */
final class PolicyChanges {
    /** Explains the signs, for the help of commands. */
    static final String LEGEND =
            "'+' loosens: somebody may do more, or something lasts longer. '-' tightens: what works today"
                    + " may stop. '~' is neither. Comments, order and defaults that are written out are no change.";

    private static final int RED = 31;
    private static final int GREEN = 32;
    private static final int YELLOW = 33;

    private final Printing printing;
    private final PrintWriter out;

    PolicyChanges(Printing printing, PrintWriter out) {
        this.printing = printing;
        this.out = out;
    }

    void print(JsonObject diff) {
        List<JsonObject> changes = Items.of(diff, "changes");
        if (changes.isEmpty()) {
            out.println("nothing would change");
        }
        Map<String, List<JsonObject>> byParty = changes.stream()
                .collect(Collectors.groupingBy(
                        change -> ListCommand.text(change, "about"), LinkedHashMap::new, Collectors.toList()));
        byParty.forEach(this::print);
    }

    private void print(String about, List<JsonObject> changes) {
        out.println(printing.strong(Printable.of(about)) + whom(about, changes.get(0)));
        changes.forEach(change -> out.println("  " + mark(ListCommand.text(change, "effect")) + " "
                + Printable.of(ListCommand.text(change, "text"))));
    }

    /** A service's name stands there already. */
    private static String whom(String about, JsonObject change) {
        return about.startsWith("operation ") && change.getValue("services") instanceof JsonArray services
                ? " (" + Printable.of(services.stream().map(String::valueOf).collect(Collectors.joining(", "))) + ")"
                : "";
    }

    private String mark(String effect) {
        return switch (effect) {
            case "loosens" -> printing.coloured(RED, "+");
            case "tightens" -> printing.coloured(GREEN, "-");
            default -> printing.coloured(YELLOW, "~");
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code latchkey quarantine list}. */
@Command(
        name = "list",
        description = "Show who is quarantined, and until when.",
        footer = {
            "",
            "A name of 16 digits is an instance, one of 32 the bearer of a credential, with which nobody may register.",
            "",
            "Examples:",
            "  latchkey quarantine list"
        })
final class QuarantineListCommand extends ListCommand {
    @Override
    String path() {
        return "quarantines";
    }

    @Override
    List<String> headings() {
        return List.of("NAME", "UNTIL");
    }

    @Override
    List<String> cells(JsonObject item) {
        return List.of(text(item, "name"), text(item, "until"));
    }
}

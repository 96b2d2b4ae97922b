// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code latchkey services}. */
@Command(
        name = "services",
        description = "Show the services of policy, what each may do, and how many instances run.",
        footer = {
            "",
            "Examples:",
            "  latchkey services",
            "  latchkey services --json --url https://orchestrator.example:9080 --token-file ~/ops.jwt"
        })
final class ServicesCommand extends ListCommand {
    @Override
    String path() {
        return "services";
    }

    @Override
    List<String> headings() {
        return List.of("SERVICE", "INSTANCES", "PROVIDES", "INVOKES");
    }

    @Override
    List<String> cells(JsonObject item) {
        return List.of(text(item, "name"), text(item, "instances"), text(item, "provides"), text(item, "invokes"));
    }
}

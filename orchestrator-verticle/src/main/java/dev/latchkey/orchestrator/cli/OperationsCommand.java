// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code latchkey operations}. */
@Command(
        name = "operations",
        description = "Show the operations of policy: who provides and who invokes them, their mode, and their keys.",
        footer = {
            "",
            "EPOCH is the number of the key in use; it only grows. ROTATES is when the next one takes over.",
            "",
            "Examples:",
            "  latchkey operations",
            "  latchkey operations --json"
        })
final class OperationsCommand extends ListCommand {
    @Override
    String path() {
        return "operations";
    }

    @Override
    List<String> headings() {
        return List.of("OPERATION", "MODE", "EPOCH", "ROTATES", "INSTANCES", "PROVIDERS", "CALLERS", "ADDRESSES");
    }

    @Override
    List<String> cells(JsonObject item) {
        return List.of(
                text(item, "name"),
                text(item, "mode"),
                text(item, "activeEpoch"),
                text(item, "rotatesAt"),
                text(item, "instances"),
                text(item, "providers"),
                text(item, "callers"),
                text(item, "addresses"));
    }
}

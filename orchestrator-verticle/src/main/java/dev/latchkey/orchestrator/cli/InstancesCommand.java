// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code latchkey instances}. */
@Command(
        name = "instances",
        description = "Show the instances that are registered: of which service, on which node, and until when.",
        footer = {"", "Examples:", "  latchkey instances", "  latchkey instances --service visitor --json"})
final class InstancesCommand extends ListCommand {
    @Option(names = "--service", paramLabel = "NAME", description = "Only those of this service.")
    private @Nullable String service;

    @Override
    String path() {
        return "instances";
    }

    @Override
    boolean shows(JsonObject item) {
        return service == null || service.equals(item.getValue("service"));
    }

    @Override
    List<String> headings() {
        return List.of("INSTANCE", "SERVICE", "NODE", "LEASE UNTIL", "PROVIDES", "INVOKES");
    }

    @Override
    List<String> cells(JsonObject item) {
        return List.of(
                text(item, "id"),
                text(item, "service"),
                text(item, "node"),
                text(item, "leaseUntil"),
                text(item, "provides"),
                text(item, "invokes"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.cli.remote.Printable;
import dev.latchkey.orchestrator.policy.PolicyExplanation;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code latchkey policy explain}: says why a service may do something, or not. */
@Command(
        name = "explain",
        description = "Say why a service may invoke or provide an operation, or why not.",
        footer = {
            "",
            "Ends with 0 when it may, with 1 when it may not. An address stands for the operation that it belongs to.",
            "",
            "Examples:",
            "  latchkey policy explain visitor greet",
            "  latchkey policy explain visitor greeting.hello --policy policy-new.yaml",
            "  latchkey policy explain visitor greet --remote"
        })
final class PolicyExplainCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Parameters(index = "1", paramLabel = "OPERATION", description = "The operation, or an address of it.")
    @SuppressWarnings("NullAway.Init")
    private String operation;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            defaultValue = Home.FOLDER + "/policy.yaml",
            description = "The policy. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path policy;

    @Option(names = "--remote", description = "Ask an orchestrator, by the policy that it goes by.")
    private boolean remote;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonObject told = remote ? admin.ask(client -> client.get(path())) : local();
        printing.tell(told, out -> print(told, out));
        return Boolean.TRUE.equals(told.getValue("allowed")) ? 0 : 1;
    }

    private String path() {
        return "policy/explain?service=" + Admin.segment(service) + "&operation=" + Admin.segment(operation);
    }

    private JsonObject local() {
        return PolicyExplanation.of(PolicyFile.load(policy), service, operation).toJson();
    }

    private void print(JsonObject told, PrintWriter out) {
        out.println(printing.strong(Printable.of(String.valueOf(told.getValue("verdict")))));
        if (told.getValue("why") instanceof JsonArray why) {
            why.stream()
                    .filter(JsonObject.class::isInstance)
                    .map(JsonObject.class::cast)
                    .forEach(reason -> out.println("  " + line(reason)));
        }
    }

    private static String line(JsonObject reason) {
        return Printable.of(ListCommand.text(reason, "rule") + ": " + ListCommand.text(reason, "text"));
    }
}

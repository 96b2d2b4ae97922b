// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code latchkey policy reload}: has an orchestrator go by its changed policy file. */
@Command(
        name = "reload",
        description = "Have an orchestrator read its policy file again, and go by it.",
        footer = {
            "",
            "Of several orchestrators each reads its own file: bring the file to all, then reload one after the other. Says what has"
                    + " changed. " + PolicyChanges.LEGEND,
            "",
            "Examples:",
            "  latchkey policy reload",
            "  latchkey policy reload --yes --url https://orchestrator.example:9080 --token-file ops.jwt"
        })
final class PolicyReloadCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Confirmation confirmation;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!confirmation.of("Reload the policy? 'latchkey policy diff FILE --remote' shows what would change.")) {
            spec.commandLine().getErr().println("latchkey: the policy stays as it is");
            return 1;
        }
        JsonObject changes = admin.ask(client -> client.post("policy/reload", new JsonObject()));
        printing.tell(changes, out -> new PolicyChanges(printing, out).print(changes));
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code latchkey quarantine lift}. */
@Command(
        name = "lift",
        description = "End a quarantine before its time.",
        footer = {
            "",
            "Look at what the orchestrators' alarms say of it first: it was not put there by noise.",
            "",
            "Examples:",
            "  latchkey quarantine lift 9f86d081884c7d65"
        })
final class QuarantineLiftCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Parameters(paramLabel = "NAME", description = "As 'latchkey quarantine list' shows it.")
    @SuppressWarnings("NullAway.Init")
    private String name;

    @Override
    public Integer call() throws IOException, InterruptedException {
        JsonObject answer = admin.ask(client -> client.delete("quarantines/" + Admin.segment(name)));
        printing.tell(answer, out -> out.println("lifted the quarantine of " + name + Admin.notice(answer)));
        return 0;
    }
}

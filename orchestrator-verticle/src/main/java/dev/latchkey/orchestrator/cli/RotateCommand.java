// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey rotate}. */
@Command(
        name = "rotate",
        description = "Rotate the keys of operations before their time.",
        footer = {
            "",
            "The next key takes over as soon as every provider has it: in half a lease at most, and no message is lost."
                    + " With --now all keys are replaced at once, as for one that has leaked: requests that are under way are"
                    + " refused and sent again by the library, but sends and publishes that are under way are lost.",
            "",
            "Examples:",
            "  latchkey rotate greet",
            "  latchkey rotate --all",
            "  latchkey rotate greet --now"
        })
final class RotateCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Parameters(paramLabel = "OPERATION", arity = "0..*", description = "Whose keys.")
    private List<String> operations = new ArrayList<>();

    @Option(names = "--all", description = "The keys of all operations.")
    private boolean all;

    @Option(names = "--now", description = "At once; see below.")
    private boolean now;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (all == !operations.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Name operations, or --all for all of them, and not both");
        }
        JsonArray answers = all ? ask("rotate", "all operations") : each();
        printing.tell(
                new JsonObject().put(Items.NAME, answers),
                out -> answers.stream().map(JsonObject.class::cast).forEach(answer -> out.println(inWords(answer))));
        return 0;
    }

    private JsonArray each() throws IOException, InterruptedException {
        JsonArray answers = new JsonArray();
        for (String operation : operations) {
            answers.addAll(ask("operations/" + Admin.segment(operation) + "/rotate", operation));
        }
        return answers;
    }

    private JsonArray ask(String path, String what) throws IOException, InterruptedException {
        JsonObject body = new JsonObject().put("immediate", now);
        JsonObject answer = admin.ask(client -> client.post(path, body));
        return new JsonArray().add(answer.put("operation", what));
    }

    private String inWords(JsonObject answer) {
        String what = ListCommand.text(answer, "operation");
        return now
                ? what + ": the keys are replaced" + Admin.notice(answer)
                : what + ": the next key takes over as soon as every provider has it";
    }
}

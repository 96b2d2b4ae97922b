// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.PolicyDiff;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey policy diff}: says what another policy would change for whom. */
@Command(
        name = "diff",
        description = "Say what would change for whom, were one policy replaced by another.",
        footer = {
            "",
            PolicyChanges.LEGEND,
            "",
            "Examples:",
            "  latchkey policy diff policy.yaml policy-new.yaml",
            "  latchkey policy diff policy.yaml policy-new.yaml --fail-if-looser",
            "  latchkey policy diff policy-new.yaml --remote"
        })
final class PolicyDiffCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private AdminConnection admin;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Parameters(
            paramLabel = "FILE",
            arity = "1..2",
            description = "The policy that holds, and the one that would replace it; the latter alone with --remote.")
    @SuppressWarnings("NullAway.Init")
    private List<Path> files;

    @Option(names = "--remote", description = "Compare with the policy that an orchestrator goes by.")
    private boolean remote;

    @Option(names = "--fail-if-looser", description = "End with 1 if anything is loosened, for a build to stop at.")
    private boolean failIfLooser;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (files.size() != (remote ? 1 : 2)) {
            throw new ParameterException(spec.commandLine(), "Give two files, or one with --remote");
        }
        JsonObject diff = remote ? ask(Files.readString(files.get(0))) : local();
        printing.tell(diff, out -> new PolicyChanges(printing, out).print(diff));
        return failIfLooser && Boolean.TRUE.equals(diff.getValue("loosens")) ? 1 : 0;
    }

    private JsonObject ask(String yaml) throws IOException, InterruptedException {
        return admin.ask(client -> client.postYaml("policy/dry-run", yaml));
    }

    private JsonObject local() {
        return PolicyDiff.between(PolicyFile.load(files.get(0)), PolicyFile.load(files.get(1)))
                .toJson();
    }
}

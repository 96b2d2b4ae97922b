// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey policy check}: says what is wrong with a policy, as an orchestrator would. */
@Command(name = "check", description = "Tell every problem of a policy file, or that there is none.")
final class PolicyCheckCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The policy.")
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Override
    public Integer call() {
        Policy policy = PolicyFile.load(file);
        spec.commandLine()
                .getOut()
                .println("OK: " + file + ": " + policy.trustDomain() + ", "
                        + policy.operations().size() + " operations, "
                        + policy.services().size() + " services");
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey completion}: a script by which a shell completes commands and options. */
@Command(
        name = "completion",
        description = "Print a script by which bash or zsh completes latchkey's commands and options.",
        footer = {
            "",
            "Source it in the shell's start file: source <(latchkey completion bash)",
            "",
            "Examples:",
            "  latchkey completion bash",
            "  latchkey completion zsh"
        })
final class CompletionCommand implements CliCommand {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    @SuppressWarnings("NullAway.Init")
    private String shell;

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw new ParameterException(
                    spec.commandLine(), "'" + shell + "' is no shell that is known; use bash or zsh");
        }
        // One script for both: it has zsh emulate bash's way to complete.
        spec.commandLine()
                .getOut()
                .print(AutoComplete.bash("latchkey", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return 0;
    }
}

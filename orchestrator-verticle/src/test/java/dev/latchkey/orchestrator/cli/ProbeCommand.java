// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command as another module would add it. */
@Command(name = "probe")
public final class ProbeCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--fail")
    private boolean fail;

    @Override
    public Integer call() {
        if (fail) {
            throw new IllegalStateException("two\n  lines");
        }
        spec.commandLine().getOut().println("probed");
        return 7;
    }
}

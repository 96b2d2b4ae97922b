// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code latchkey classpath}: what a verticle is compiled against. */
@Command(
        name = "classpath",
        description = "Print the class path of Latchkey, to compile a verticle against.",
        footer = {"", "Examples:", "  latchkey classpath"})
final class ClasspathCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(System.getProperty("java.class.path"));
        return 0;
    }
}

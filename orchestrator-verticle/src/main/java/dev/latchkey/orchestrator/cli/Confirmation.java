// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks before something that stops others. */
final class Confirmation {
    private static final Set<String> YES = Set.of("y", "yes");

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--yes", description = "Do not ask. Required where nobody can be asked.")
    private boolean yes;

    /**
     * True when it was said beforehand, or is said now.
     *
     * @throws ParameterException when there is nobody to ask
     */
    boolean of(String question) {
        Terminal terminal = Terminal.of(spec);
        if (!yes && !terminal.isPresent()) {
            throw new ParameterException(
                    spec.commandLine(), "Add --yes: this is no terminal, so nobody can be asked (" + question + ")");
        }
        return yes || YES.contains(terminal.ask(question + " [y/N]").strip().toLowerCase(Locale.ROOT));
    }
}

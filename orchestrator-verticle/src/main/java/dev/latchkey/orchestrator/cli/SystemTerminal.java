// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.Console;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The terminal that the JVM was started on. */
final class SystemTerminal implements Terminal {
    private final @Nullable Console console;
    private final boolean colours;

    private SystemTerminal(@Nullable Console console, Map<String, String> environment) {
        this.console = console;
        this.colours = console != null && mayColour(environment);
    }

    /** The JVM's, or nobody where its input or output is a file or a pipe. */
    static SystemTerminal open() {
        Console console = System.console();
        return new SystemTerminal(console != null && isTerminal(console) ? console : null, System.getenv());
    }

    /** From JDK 22 on there is a console without a terminal, too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /** NO_COLOR counts when it is there and not empty. */
    static boolean mayColour(Map<String, String> environment) {
        return environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
    }

    @Override
    public boolean isPresent() {
        return console != null;
    }

    @Override
    public boolean hasColours() {
        return colours;
    }

    @Override
    public String ask(String question) {
        String answer = console == null ? null : console.readLine("%s ", question);
        return answer == null ? "" : answer;
    }
}

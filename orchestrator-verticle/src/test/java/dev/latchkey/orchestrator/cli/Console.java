// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/** Runs the command and keeps what it prints. */
final class Console {
    private final Terminal terminal;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    Console() {
        this(Terminal.none());
    }

    Console(Terminal terminal) {
        this.terminal = terminal;
    }

    int run(Object... arguments) {
        String[] texts = List.of(arguments).stream().map(Object::toString).toArray(String[]::new);
        return LatchkeyCommand.run(terminal, new PrintWriter(out, true), new PrintWriter(err, true), texts);
    }

    String out() {
        return out.toString();
    }

    String err() {
        return err.toString();
    }

    List<String> errLines() {
        return err().lines().toList();
    }
}

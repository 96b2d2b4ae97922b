// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command tells its result: in words, or to a program. */
final class Printing {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--json", description = "Print the result as one JSON object, for programs.")
    private boolean json;

    /** Prints the result in one of both ways. */
    void tell(JsonObject result, Consumer<PrintWriter> inWords) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(result.encodePrettily());
        } else {
            inWords.accept(out);
        }
        out.flush();
    }

    /** True when a program reads. */
    boolean isJson() {
        return json;
    }

    /** Text in bold, where that is seen. */
    String strong(String text) {
        return Terminal.of(spec).hasColours() ? "\u001B[1m" + text + "\u001B[0m" : text;
    }

    /** Text in a colour of ANSI's (31 red, 32 green, 33 yellow), where that is seen. */
    String coloured(int colour, String text) {
        return Terminal.of(spec).hasColours() ? "\u001B[" + colour + "m" + text + "\u001B[0m" : text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How a command that runs nodes ends: with a report, and a status that tells whether all held. */
public final class Reporting {
    /** Where the nodes of a run write, in its folder. */
    public static final String LOG = "nodes.log";

    private static final int SHOWN_LINES = 40;

    @Option(names = "--report", paramLabel = "FILE", description = "Also write what was seen to a file, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--json",
            description = "Print what was seen as JSON, for programs; all else goes to standard error.")
    private boolean json;

    /** For the command line. */
    public Reporting() {}

    /** Before anything runs for long, to be told in vain where the report should go. */
    public void check() {
        Path folder = report == null ? null : report.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("--report: the folder of " + report + " does not exist; make it first");
        }
    }

    /** Where to tell people how it goes. */
    public PrintWriter out(CommandSpec spec) {
        return json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    /**
     * Writes the report if one is asked for, and says what did not hold.
     *
     * @return the exit code: 0 when all held
     */
    public int conclude(CommandSpec spec, JsonObject seen, List<String> failings) throws IOException {
        if (report != null) {
            Files.writeString(report, seen.encodePrettily());
        }
        if (json) {
            spec.commandLine().getOut().println(seen.encodePrettily());
        }
        failings.forEach(failing -> spec.commandLine().getErr().println("FAILED: " + failing));
        if (failings.isEmpty()) {
            out(spec).println("Everything held.");
        }
        return failings.isEmpty() ? 0 : 1;
    }

    /**
     * Says why a run could not go on, and what its nodes had to say.
     *
     * @return the exit code
     */
    public static int giveUp(CommandSpec spec, NodeFolder folder, NodeException why) throws IOException {
        Path log = folder.path().resolve(LOG);
        if (Files.exists(log)) {
            Files.readAllLines(log).stream()
                    .limit(SHOWN_LINES)
                    .forEach(spec.commandLine().getErr()::println);
        }
        spec.commandLine().getErr().println("latchkey: " + spec.name() + ": " + why.getMessage());
        return 1;
    }
}

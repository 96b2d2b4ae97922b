// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.Reporting;
import dev.latchkey.orchestrator.cli.CliCommand;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey demo}. */
@Command(
        name = "demo",
        description = {
            "Shows the whole of Latchkey on this machine, in about half a minute: four clustered JVMs exchange sealed messages"
                    + " while keys rotate, then an intruder in the same cluster and a service that oversteps its scope attack.",
            "Exits with 0 when nothing was lost, every attack was refused, and no plaintext was on the wire."
        },
        footer = {"", "Examples:", "  latchkey demo", "  latchkey demo --input photos --report demo.json"})
public final class DemoCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--input",
            paramLabel = "DIR",
            description = "A folder of PNG and JPEG images, instead of generated ones.")
    private @Nullable Path input;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Reporting reporting;

    /** For the service loader. */
    public DemoCommand() {}

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        checkOptions();
        PrintWriter out = reporting.out(spec);
        try (NodeFolder folder = NodeFolder.create(DemoCommand.class, "demo-policy.yaml")) {
            return run(folder, out);
        }
    }

    private int run(NodeFolder folder, PrintWriter out) throws IOException {
        try {
            return conclude(new Demo(folder, input == null ? "" : input.toString(), out).run(), out);
        } catch (NodeException e) {
            return Reporting.giveUp(spec, folder, e);
        }
    }

    private void checkOptions() throws IOException {
        if (input != null && !Files.isDirectory(input)) {
            throw new IllegalArgumentException("--input: " + input + " is no folder; give one with PNG or JPEG images");
        }
        reporting.check();
    }

    private int conclude(DemoReport seen, PrintWriter out) throws IOException {
        new DemoTable(out).print(seen);
        return reporting.conclude(spec, seen.toJson(), seen.failings());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.orchestrator.OrchestratorOptions;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey keys trust}: the trust bundle of an orchestrator's keys, wherever they are kept. */
@Command(
        name = "trust",
        description = "Tell the trust bundle of an orchestrator's keys, wherever they are kept.",
        footer = {
            "",
            "Examples:",
            "  latchkey keys trust --config .latchkey/orchestrator.yaml --out .latchkey/trust.json"
        })
final class KeysTrustCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Home.FOLDER + "/orchestrator.yaml",
            description = "The orchestrator's settings. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write or replace. Default: standard output")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        OrchestratorOptions options = OrchestratorFile.load(config).options();
        try {
            tell(options.getKeys().trustBundle(options.getPolicy().trustDomain()));
        } finally {
            options.getKeys().close();
        }
        return 0;
    }

    private void tell(TrustBundle bundle) throws IOException {
        if (out == null) {
            spec.commandLine().getOut().println(bundle.toJson().encodePrettily());
        } else {
            TrustFile.replace(out, bundle);
            spec.commandLine().getOut().println("wrote " + out);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.cli.remote.AdminClient;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where the orchestrator is that a command asks, and by what right. */
final class AdminConnection {
    private static final String STANDARD = "http://127.0.0.1:" + AdminOptions.DEFAULT_PORT;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:LATCHKEY_URL:-" + STANDARD + "}",
            description = "An orchestrator's admin API. Default: LATCHKEY_URL, or " + STANDARD)
    @SuppressWarnings("NullAway.Init")
    private String url;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            defaultValue = "${env:LATCHKEY_TOKEN_FILE:-}",
            description = "The token that 'latchkey admin-token issue' wrote. Default: LATCHKEY_TOKEN_FILE, or none")
    private @Nullable String tokenFile;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "PEM certificates that may sign the server's. Default: those that the JDK trusts")
    private @Nullable Path caFile;

    /** Something that is asked of the admin API. */
    interface Asking<T> {
        T of(AdminClient client) throws IOException, InterruptedException;
    }

    /** Asks, and tells on standard error when that takes long. */
    <T> T ask(Asking<T> asking) throws IOException, InterruptedException {
        try (Progress progress = Progress.of(spec.commandLine().getErr(), "asking " + url)) {
            return asking.of(client());
        }
    }

    /** The client, for what may take as long as it likes. */
    AdminClient client() throws IOException {
        boolean none = tokenFile == null || tokenFile.isEmpty();
        return AdminClient.of(url, none ? null : Path.of(String.valueOf(tokenFile)), caFile);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey init}: makes a trust domain. */
@Command(name = "init", description = "Make a trust domain: keys, trust bundle, policy and settings.")
final class InitCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where to write. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(
            names = "--trust-domain",
            paramLabel = "NAME",
            description = "Such as shop.example. Default: the policy's, or " + InitialPolicy.TRUST_DOMAIN)
    private @Nullable String trustDomain;

    @Option(names = "--policy", paramLabel = "FILE", description = "The policy to copy. Default: one to start from")
    private @Nullable Path policy;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Home home = new Home(dir).requireFresh();
        HomeWriter.write(home, InitialPolicy.of(policy, trustDomain));
        tell(home, spec.commandLine().getOut());
        return 0;
    }

    private static void tell(Home home, PrintWriter out) {
        home.files().forEach(file -> out.println("wrote " + file));
        out.println();
        out.println("Keep the two .p12 files and keystore.password secret. Next:");
        out.println("  edit " + home.policy());
        out.println("  latchkey orchestrator --config " + home.orchestrator());
        out.println(
                "  latchkey credential issue --dir " + home.dir() + " --service NAME --out " + home.credential("NAME"));
        out.println("  latchkey run CLASS --dir " + home.dir() + " --service NAME");
    }
}

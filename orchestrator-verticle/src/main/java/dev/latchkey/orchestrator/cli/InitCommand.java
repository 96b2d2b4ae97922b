// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code latchkey init}: makes a trust domain. */
@Command(
        name = "init",
        description = "Make a trust domain: keys, trust bundle, policy and settings.",
        footer = {
            "",
            "Every file is explained when it is written. The keystores and their password are for their owner alone; back them"
                    + " up, since nobody can make them again.",
            "",
            "Examples:",
            "  latchkey init",
            "  latchkey init --dir /etc/latchkey --trust-domain shop.example --policy policy.yaml"
        })
final class InitCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

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
        printing.tell(json(home), out -> tell(home, out));
        return 0;
    }

    private static JsonObject json(Home home) {
        return new JsonObject()
                .put(
                        "wrote",
                        new JsonArray(home.files().stream().map(Path::toString).toList()));
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

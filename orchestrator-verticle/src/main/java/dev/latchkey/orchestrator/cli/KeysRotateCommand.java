// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.token.PublicJwk;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import dev.latchkey.orchestrator.keys.RotationStep;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey keys rotate}: replaces the signing key, step by step, in the keystore and the trust bundle of a folder. */
@Command(
        name = "rotate",
        description = {
            "Replace the orchestrators' signing key in three steps; after each, files are rolled out, and nothing is refused.",
            "prepare: the next key is made and published. activate: it signs. finish: the old one is not trusted any more."
        },
        footer = {
            "",
            "Examples:",
            "  latchkey keys rotate prepare",
            "  latchkey keys rotate activate --dir /etc/latchkey",
            "  latchkey keys rotate finish --json"
        })
final class KeysRotateCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "STEP", description = "prepare, activate or finish.", converter = StepConverter.class)
    @SuppressWarnings("NullAway.Init")
    private RotationStep step;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where orchestrator.p12 and trust.json are. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--json", description = "Tell the result as one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        Home home = new Home(dir).requirePresent();
        String trustDomain = TrustBundle.load(home.trust()).trustDomain();
        try (OrchestratorKeys keys = rotate(home)) {
            TrustFile.replace(home.trust(), keys.trustBundle(trustDomain));
            tell(home, keys, spec.commandLine().getOut());
        }
        return 0;
    }

    private OrchestratorKeys rotate(Home home) throws IOException, GeneralSecurityException {
        char[] password = KeystorePassword.read(home.password());
        try {
            return OrchestratorKeystore.rotate(home.orchestratorKeystore(), password, step);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private void tell(Home home, OrchestratorKeys keys, PrintWriter out) {
        String signs = PublicJwk.keyId(keys.signing().verifyingKey());
        List<String> published = keys.published().stream().map(PublicJwk::keyId).toList();
        if (json) {
            out.println(new JsonObject()
                    .put("step", step.text())
                    .put("signs", signs)
                    .put("alsoTrusted", new JsonArray(published))
                    .encode());
            return;
        }
        out.println("key " + signs + " signs" + (published.isEmpty() ? "" : "; trusted beside it: " + published));
        next(home).forEach(line -> out.println("  " + line));
    }

    private List<String> next(Home home) {
        return switch (step) {
            case PREPARE ->
                List.of(
                        "1. roll " + home.trust() + " out to all instances, and restart them one by one",
                        "2. when all of them have it: latchkey keys rotate activate");
            case ACTIVATE ->
                List.of(
                        "1. roll " + home.orchestratorKeystore()
                                + " out to all orchestrators, and restart them one by one",
                        "2. wait until the last token of the old key has ended: the longest tokenLifetime and outageGrace of policy",
                        "3. latchkey keys rotate finish");
            case FINISH ->
                List.of(
                        "1. roll " + home.trust() + " out to all instances, and " + home.orchestratorKeystore()
                                + " to all orchestrators, and restart them one by one",
                        "2. keep the old trust bundle with the audit logs of its time");
        };
    }
}

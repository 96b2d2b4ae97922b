// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.admin.Role;
import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.keys.DeployerKeystore;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.policy.Nearest;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code latchkey admin-token issue}: signs a token for the admin API with the deployer's key. */
@Command(
        name = "issue",
        description = "Sign a token for the admin API, as the orchestrators' settings want it.",
        footer = {
            "",
            "Whoever has it may do what its role may, until it ends. No orchestrator is asked. Commands take it by --token-file or"
                    + " LATCHKEY_TOKEN_FILE.",
            "",
            "Examples:",
            "  latchkey admin-token issue --out viewer.jwt",
            "  latchkey admin-token issue --role operator --ttl 8h --out ops.jwt"
        })
final class AdminTokenIssueCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            defaultValue = "viewer",
            description = "viewer (reads), operator (rotates, revokes) or admin (reloads policy)."
                    + " Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private String role;

    @Option(
            names = "--subject",
            paramLabel = "NAME",
            defaultValue = "${sys:user.name}",
            description = "Who will bear it, as the log names him. Default: your user name")
    @SuppressWarnings("NullAway.Init")
    private String subject;

    @Option(
            names = "--ttl",
            paramLabel = "TIME",
            defaultValue = "1h",
            converter = TtlConverter.class,
            description = "How long it is valid, such as 30m or 8h, 24h at most. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Duration ttl;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where the deployer's key is. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--config", paramLabel = "FILE", description = "The orchestrators' settings. Default: those in DIR")
    private @Nullable Path config;

    @Option(
            names = "--keystore",
            paramLabel = "FILE",
            description = "The key that signs. Default: the deployer's in DIR")
    private @Nullable Path keystore;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: standard output")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException {
        Home home = new Home(dir).requirePresent();
        requireRole();
        deliver(sign(home));
        return 0;
    }

    private void requireRole() {
        List<String> roles = Stream.of(Role.values()).map(Role::toString).toList();
        if (Role.named(role).isEmpty()) {
            throw new IllegalArgumentException("--role: there is no role '" + role + "'; "
                    + Nearest.to(role, roles).orElse("give one of " + String.join(", ", roles)));
        }
    }

    private String sign(Home home) throws IOException {
        OrchestratorFile settings = OrchestratorFile.load(config == null ? home.orchestrator() : config);
        Policy policy = PolicyFile.load(home.policy());
        Deployer deployer = Deployer.load(home.deployers());
        char[] password = KeystorePassword.read(home.password());
        try (SigningKey key = DeployerKeystore.load(keystore == null ? home.deployerKeystore() : keystore, password)) {
            return AdminToken.issue(
                    key,
                    settings.adminText("issuer", deployer.issuer()),
                    settings.adminText("audience", AdminToken.audienceOf(policy.trustDomain())),
                    subject,
                    settings.adminText("rolesClaim", AdminToken.ROLES),
                    role,
                    Clock.systemUTC(),
                    ttl);
        }
    }

    private void deliver(String token) throws IOException {
        Instant end = Clock.systemUTC().instant().plus(ttl).truncatedTo(ChronoUnit.SECONDS);
        JsonObject told =
                new JsonObject().put("subject", subject).put("role", role).put("validUntil", end.toString());
        if (out == null) {
            printing.tell(told.put("token", token), console -> console.println(token));
            return;
        }
        CredentialFile.write(out, token);
        printing.tell(
                told.put("file", out.toString()),
                console -> console.println(
                        "wrote " + out + ": admin token of " + subject + " (" + role + "), valid until " + end));
    }
}

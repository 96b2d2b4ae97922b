// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.keys.DeployerKeystore;
import dev.latchkey.orchestrator.keys.KeystorePassword;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Signs something for a service with the deployer's key, without asking any orchestrator. */
abstract class IssueCommand implements CliCommand {
    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Printing printing;

    @Option(names = "--service", paramLabel = "NAME", required = true, description = "The service.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where the deployer's key is. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to write it. Default: standard output")
    private @Nullable Path out;

    /** What it is, for people. */
    abstract String what();

    /** How long it is valid. */
    abstract Duration ttl();

    /** The text to deliver. */
    abstract String sign(SigningKey key, String issuer, String trustDomain, String service);

    @Override
    public Integer call() throws IOException {
        Home home = new Home(dir).requirePresent();
        Policy policy = PolicyFile.load(home.policy());
        requireKnown(policy.services().keySet());
        deliver(sign(home, policy.trustDomain()));
        return 0;
    }

    private void requireKnown(Set<String> services) {
        if (!services.contains(service)) {
            throw new IllegalArgumentException("--service: policy does not know '" + service + "'; "
                    + Closest.to(service, services)
                            .map(name -> "did you mean '" + name + "'?")
                            .orElse("it knows " + String.join(", ", services)));
        }
    }

    private String sign(Home home, String trustDomain) {
        Deployer deployer = Deployer.load(home.deployers());
        char[] password = KeystorePassword.read(home.password());
        try (SigningKey key = DeployerKeystore.load(home.deployerKeystore(), password)) {
            return sign(key, deployer.issuer(), trustDomain, service);
        }
    }

    private void deliver(String credential) throws IOException {
        Instant end = Clock.systemUTC().instant().plus(ttl()).truncatedTo(ChronoUnit.SECONDS);
        JsonObject told = new JsonObject().put("service", service).put("validUntil", end.toString());
        if (out == null) {
            printing.tell(told.put("credential", credential), console -> console.println(credential));
            return;
        }
        CredentialFile.write(out, credential);
        printing.tell(
                told.put("file", out.toString()),
                console -> console.println("wrote " + out + ": " + what() + " of " + service + ", valid until " + end));
    }
}

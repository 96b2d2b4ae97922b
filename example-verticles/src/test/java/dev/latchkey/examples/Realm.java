// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A trust domain for tests, with the files that {@code latchkey init} and {@code latchkey credential issue} write. */
public final class Realm {
    private static final String ISSUER = "deployer";

    private final Path home;
    private final Policy policy;
    private final SigningKey deployer = SigningKey.generate();
    private final OrchestratorKeys keys =
            new OrchestratorKeys(SigningKey.generate(), HpkeKeyPair.generate(), SecretBytes.random(32));

    private Realm(Path home, Policy policy) {
        this.home = home;
        this.policy = policy;
    }

    /** Writes policy, trust bundle and one credential for each service into a folder. */
    public static Realm create(Path home, String policy) throws IOException {
        Path file = Files.writeString(home.resolve("policy.yaml"), policy);
        Realm realm = new Realm(home, PolicyFile.load(file));
        realm.write();
        return realm;
    }

    private void write() throws IOException {
        JsonObject trust = keys.trustBundle(policy.trustDomain()).toJson();
        Files.writeString(home.resolve("trust.json"), trust.encode());
        for (String service : policy.services().keySet()) {
            Files.writeString(credential(service), issue(service));
        }
    }

    private String issue(String service) {
        return DeployerJwt.issue(
                deployer, ISSUER, policy.trustDomain(), service, Clock.systemUTC(), Duration.ofHours(1));
    }

    private Path credential(String service) {
        return home.resolve(service + ".jwt");
    }

    /** Deploys the one orchestrator, which erases the keys when it stops. */
    public void deployOrchestrator(Vertx vertx) {
        Deployer trusted = new Deployer(ISSUER, List.of(deployer.verifyingKey()));
        Futures.await(vertx.deployVerticle(new OrchestratorVerticle(new OrchestratorOptions(keys, policy, trusted))));
    }

    /** The {@code latchkey} object of a verticle's configuration. */
    public JsonObject latchkey(String service) {
        return new JsonObject()
                .put("service", service)
                .put("trustBundle", home.resolve("trust.json").toString())
                .put("credential", credential(service).toString());
    }

    /** The bus of a service. */
    public SecureEventBus join(Vertx vertx, String service) {
        return Futures.await(SecureEventBus.join(vertx, new SecureEventBusOptions(latchkey(service))));
    }
}

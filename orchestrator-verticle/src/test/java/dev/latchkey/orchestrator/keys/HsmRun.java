// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import static dev.latchkey.orchestrator.Realm.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The main class of a JVM that sees a token: an orchestrator whose signing key is in it, and two instances that exchange a message. Takes
 * the folder that 'latchkey init' filled, and the section 'custody' as JSON.
 */
public final class HsmRun {
    private HsmRun() {}

    /** Prints what happened. */
    public static void main(String[] args) {
        try {
            run(Path.of(args[0]), new JsonObject(args[1]));
        } catch (RuntimeException e) {
            System.out.println("FAILED " + e);
        }
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }

    private static void run(Path home, JsonObject custody) {
        OrchestratorOptions options = OrchestratorOptions.load(new JsonObject()
                .put("keystore", home.resolve("orchestrator.p12").toString())
                .put("keystorePasswordFile", home.resolve("keystore.password").toString())
                .put("policy", home.resolve("policy.yaml").toString())
                .put("deployers", home.resolve("deployers.json").toString())
                .put("custody", custody));
        SigningKey key = options.getKeys().signing();
        try {
            key.privateKey().close();
            System.out.println("EXTRACTED");
        } catch (IllegalStateException e) {
            System.out.println("kept: " + e.getMessage());
        }
        TrustBundle trust = options.getKeys().trustBundle(options.getPolicy().trustDomain());
        System.out.println("trusted " + trust.tokenKeys().size());
        exchange(home, options, trust);
        timeSigning(key);
    }

    private static void exchange(Path home, OrchestratorOptions options, TrustBundle trust) {
        Vertx vertx = Vertx.vertx();
        await(vertx.deployVerticle(new OrchestratorVerticle(options)));
        char[] password = KeystorePassword.read(home.resolve("keystore.password"));
        try (SigningKey deployer = DeployerKeystore.load(home.resolve("deployer.p12"), password)) {
            SecureEventBus greeter = join(vertx, trust, deployer, "greeter");
            SecureEventBus caller = join(vertx, trust, deployer, "caller");
            await(greeter.<String>consumer("greeting.hello", message -> message.reply("hello " + message.body()))
                    .completion());
            System.out.println("answer: "
                    + await(caller.request("greeting.hello", "token")).body());
        }
    }

    private static SecureEventBus join(Vertx vertx, TrustBundle trust, SigningKey deployer, String service) {
        String credential = DeployerJwt.issue(
                deployer, "deployer", trust.trustDomain(), service, Clock.systemUTC(), Duration.ofMinutes(5));
        return await(SecureEventBus.join(
                vertx,
                new SecureEventBusOptions()
                        .setService(service)
                        .setTrustBundle(trust)
                        .setCredential(() -> credential)));
    }

    /** For docs/keys.md; no test depends on it. */
    private static void timeSigning(SigningKey key) {
        byte[] message = new byte[600];
        long begin = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            key.sign(message);
        }
        System.out.println("signing took " + (System.nanoTime() - begin) / 1_000_000 + " us");
    }
}

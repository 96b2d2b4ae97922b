// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.bootstrap.BootstrapVerticle;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.credential.AdminToken;
import dev.latchkey.orchestrator.credential.Deployer;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import dev.latchkey.orchestrator.credential.JoinToken;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.policy.Policy;
import dev.latchkey.orchestrator.policy.PolicyFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A trust domain for tests: real keys, real policy, real orchestrators. */
public final class Realm {
    static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            operations:
              greet: {addresses: [greeting.hello, greeting.room.*]}
              count: {addresses: [counting]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet], invokes: [count]}
              counter: {provides: [count]}
            """;

    private final SigningKey signing = SigningKey.generate();
    private final HpkeKeyPair registration = HpkeKeyPair.generate();
    private final SecretBytes state = SecretBytes.random(32);
    private final SigningKey deployer = SigningKey.generate();
    private final Clock clock;

    private volatile Policy policy;

    private Realm(Policy policy, Clock clock) {
        this.policy = policy;
        this.clock = clock;
    }

    public static Realm create() {
        return withPolicy(POLICY, Clock.systemUTC());
    }

    public static Realm withPolicy(String yaml, Clock clock) {
        return new Realm(parsed(yaml), clock);
    }

    /** Orchestrators that are deployed from now on have another policy. */
    void changePolicy(String yaml) {
        policy = parsed(yaml);
    }

    static Policy parsed(String yaml) {
        try {
            Path file = Files.createTempFile("policy", ".yaml");
            Files.writeString(file, yaml);
            Policy policy = PolicyFile.load(file);
            Files.delete(file);
            return policy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public TrustBundle trust() {
        return new TrustBundle(policy.trustDomain(), registration.publicKey(), List.of(signing.verifyingKey()));
    }

    OrchestratorVerticle orchestrator() {
        return new OrchestratorVerticle(orchestratorOptions());
    }

    /** The verticle erases its keys when it stops, so each gets its own copy of them. */
    private OrchestratorOptions orchestratorOptions() {
        OrchestratorKeys keys = new OrchestratorKeys(
                SigningKey.of(signing.privateKey()),
                HpkeKeyPair.of(registration.privateKey()),
                SecretBytes.copyOf(state.copy()));
        Deployer trusted = new Deployer("deployer", List.of(deployer.verifyingKey()));
        return new OrchestratorOptions(keys, policy, trusted).setClock(clock);
    }

    /** Options of an orchestrator with other keys, which it erases. */
    OrchestratorOptions optionsWith(OrchestratorKeys keys) {
        Deployer trusted = new Deployer("deployer", List.of(deployer.verifyingKey()));
        return new OrchestratorOptions(keys, policy, trusted).setClock(clock);
    }

    /** One that keeps its observations in a file. */
    OrchestratorVerticle orchestrator(Path observations) {
        return new OrchestratorVerticle(orchestratorOptions().setObservations(observations));
    }

    public OrchestratorVerticle deployOrchestrator(Vertx vertx) {
        OrchestratorVerticle verticle = orchestrator();
        await(vertx.deployVerticle(verticle));
        return verticle;
    }

    /** One with other settings. */
    OrchestratorVerticle deployOrchestrator(Vertx vertx, UnaryOperator<OrchestratorOptions> settings) {
        OrchestratorVerticle verticle = orchestrator(settings);
        await(vertx.deployVerticle(verticle));
        return verticle;
    }

    /** One with other options than usual. */
    OrchestratorVerticle orchestrator(UnaryOperator<OrchestratorOptions> change) {
        return new OrchestratorVerticle(change.apply(orchestratorOptions()));
    }

    /** A server of this realm's bootstrap document. */
    BootstrapVerticle bootstrap(BootstrapSettings settings, ClusterSettings cluster) {
        OrchestratorOptions options = orchestratorOptions();
        return new BootstrapVerticle(
                settings,
                options.getKeys(),
                options::getPolicy,
                options.credentialKinds(),
                cluster,
                clock,
                Future::succeededFuture);
    }

    /** A credential that works once, for ten minutes. */
    String joinToken(String service) {
        return JoinToken.issue(deployer, "deployer", policy.trustDomain(), service, clock, Duration.ofMinutes(10));
    }

    /** Who signs credentials and admin tokens. */
    Deployer deployer() {
        return new Deployer("deployer", List.of(deployer.verifyingKey()));
    }

    /** A token for the admin API, for ten minutes. */
    String adminToken(String subject, String role) {
        return adminJwt(adminClaims(subject, role), deployer);
    }

    /** Claims that are acceptable until a test changes them. */
    JsonObject adminClaims(String subject, String role) {
        long now = clock.instant().getEpochSecond();
        return new JsonObject()
                .put("iss", "deployer")
                .put("aud", AdminToken.audienceOf(policy.trustDomain()))
                .put("sub", subject)
                .put("nbf", now)
                .put("exp", now + 600)
                .put("roles", new JsonArray().add(role));
    }

    String adminJwt(JsonObject claims) {
        return adminJwt(claims, deployer);
    }

    String adminJwt(JsonObject claims, SigningKey key) {
        return new JwtSigner(key, JwtType.ADMIN_TOKEN).sign(claims);
    }

    /** All secrets of the trust domain, in the forms in which they could be told. */
    List<String> secrets() {
        return List.of(signing.privateKey(), registration.privateKey(), state, deployer.privateKey()).stream()
                .map(SecretBytes::copy)
                .flatMap(secret -> Stream.of(
                        HexFormat.of().formatHex(secret),
                        Base64.getEncoder().withoutPadding().encodeToString(secret),
                        Base64.getUrlEncoder().withoutPadding().encodeToString(secret)))
                .toList();
    }

    /** The time by this realm's clock, milliseconds since 1970. */
    long now() {
        return clock.millis();
    }

    String credential(String service) {
        return credential(service, deployer, clock);
    }

    /** As the deployer would have signed it at another time. */
    String credentialAt(String service, Clock issued) {
        return credential(service, deployer, issued);
    }

    String credential(String service, SigningKey key, Clock issued) {
        return DeployerJwt.issue(key, "deployer", policy.trustDomain(), service, issued, Duration.ofHours(1));
    }

    public SecureEventBusOptions options(String service) {
        return new SecureEventBusOptions()
                .setService(service)
                .setTrustBundle(trust())
                .setCredential(() -> credential(service))
                .setClock(clock);
    }

    public SecureEventBus join(Vertx vertx, String service) {
        return await(SecureEventBus.join(vertx, options(service)));
    }

    /** The result, or the failure thrown; bounded, so that a test that hangs says where. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException("no result within 20 s", e);
        }
    }

    /** The failure; fails when there is none. */
    public static Throwable failure(Future<?> future) {
        return await(future.<Throwable>map(result -> new AssertionError("succeeded with " + result))
                .otherwise(failure -> failure));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.credential.ClusterIssuer;
import dev.latchkey.orchestrator.credential.KubernetesOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pods join by the tokens that their cluster gives them, across a change of the cluster's key. */
class KubernetesJoinTest {
    private static final ClusterIssuer OLD = ClusterIssuer.rsa("old", 2048);
    private static final ClusterIssuer NEW = ClusterIssuer.ec("new");

    private final MovingClock clock = new MovingClock();
    private final Realm realm = Realm.withPolicy(Realm.POLICY, clock);
    private final Vertx vertx = Vertx.vertx();
    private volatile byte[] keys = ClusterIssuer.keySet(OLD);
    private String issuer = "";

    @BeforeEach
    void start() {
        HttpServer cluster = await(vertx.createHttpServer()
                .requestHandler(request ->
                        request.response().end(request.path().equals("/keys") ? Buffer.buffer(keys) : discovery()))
                .listen(0, "127.0.0.1"));
        issuer = "http://127.0.0.1:" + cluster.actualPort();
        KubernetesOptions options = new KubernetesOptions(
                issuer,
                "latchkey",
                null,
                Map.of("shop/web", "caller"),
                null,
                null,
                Duration.ofMinutes(5),
                Duration.ofHours(1));
        await(vertx.deployVerticle(realm.orchestrator(usual -> usual.setKubernetes(options))));
    }

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private Buffer discovery() {
        return new JsonObject()
                .put("issuer", issuer)
                .put("jwks_uri", issuer + "/keys")
                .toBuffer();
    }

    private Future<SecureEventBus> join(String service, ClusterIssuer signer) {
        long now = clock.instant().getEpochSecond();
        JsonObject claims = ClusterIssuer.claims()
                .put("iss", issuer)
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + 3600);
        String token = signer.token(signer.header(), claims);
        return SecureEventBus.join(vertx, realm.options(service).setCredential(() -> token));
    }

    private void assertDenied(Future<?> joined) {
        assertThat(failure(joined)).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(DenialReason.BAD_CREDENTIAL));
    }

    @Test
    void join_byTheAccountsToken_isItsServiceAndNoOther() {
        assertThat(await(join("caller", OLD)).invokes()).containsExactly("greet");
        assertDenied(join("greeter", OLD));
    }

    @Test
    void join_acrossAChangeOfTheClustersKey_needsNoRestart() {
        await(join("caller", OLD));
        assertDenied(join("caller", NEW));
        keys = ClusterIssuer.keySet(NEW);
        clock.advance(Duration.ofSeconds(15));
        await(join("caller", NEW));
        assertDenied(join("caller", OLD));
    }

    /** The deployer's credentials go on beside them. */
    @Test
    void join_byTheDeployersCredential_worksToo() {
        assertThat(await(realm.join(vertx, "greeter").leave().map("left"))).isEqualTo("left");
    }

    /** What TokenRequest gives to a pod's projected volume, member by member (Kubernetes 1.32: jti, node and warnafter too). */
    private JsonObject projected() {
        long now = clock.instant().getEpochSecond();
        return ClusterIssuer.claims()
                .put("iss", issuer)
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + 3607)
                .put("jti", "7e1f2f0e-9c1b-4f5e-8f3c-2a8f6f0f0b6d")
                .put(
                        "kubernetes.io",
                        new JsonObject()
                                .put("namespace", "shop")
                                .put("node", bound("node-1", "c6f1a9a2-5b0d-4b7b-9a0e-0d3c6e7f8a90"))
                                .put("pod", bound("web-7d9c8b6f5-x2x7k", "0b1d3a57-64a1-4f4e-8d6f-0c9a4f1e2d3b"))
                                .put("serviceaccount", bound("web", "5f1c1d0e-2d1b-4b0f-9f43-7e2a0a1b2c3d"))
                                .put("warnafter", now + 3000));
    }

    private static JsonObject bound(String name, String uid) {
        return new JsonObject().put("name", name).put("uid", uid);
    }

    private Future<SecureEventBus> join(ClusterIssuer signer, JsonObject claims) {
        String token = signer.token(signer.header(), claims);
        return SecureEventBus.join(vertx, realm.options("caller").setCredential(() -> token));
    }

    @Test
    void join_byATokenAsKubernetesProjectsIt_isTheService() {
        assertThat(await(join(OLD, projected())).invokes()).containsExactly("greet");
    }

    private static Stream<Named<Consumer<JsonObject>>> changes() {
        return Stream.of(
                named(
                        "audience of the API server",
                        c -> c.put("aud", new JsonArray().add("https://kubernetes.default.svc"))),
                named(
                        "one audience more",
                        c -> c.put("aud", new JsonArray().add("latchkey").add("vault"))),
                named("no audience", c -> c.remove("aud")),
                named("issuer of another cluster", c -> c.put("iss", "https://other.example")),
                named("expired", c -> c.put("exp", c.getLong("iat") - 10)),
                named("not valid yet", c -> c.put("nbf", c.getLong("iat") + 60)),
                named("valid for a year", c -> c.put("exp", c.getLong("iat") + 31_536_000)),
                named("no end", c -> c.remove("exp")),
                named("bound to no pod", c -> c.getJsonObject("kubernetes.io").remove("pod")),
                named("pod without an id", c -> c.getJsonObject("kubernetes.io")
                        .getJsonObject("pod")
                        .remove("uid")),
                named("not of Kubernetes", c -> c.remove("kubernetes.io")),
                named("another account", c -> c.put("sub", "system:serviceaccount:shop:admin")),
                named("the account of another namespace", c -> {
                    c.put("sub", "system:serviceaccount:evil:web");
                    c.getJsonObject("kubernetes.io").put("namespace", "evil");
                }),
                named("a node, not an account", c -> c.put("sub", "system:node:node-1")));
    }

    private static Named<Consumer<JsonObject>> named(String name, Consumer<JsonObject> change) {
        return Named.of(name, change);
    }

    /** Well signed by the cluster, and no credential all the same. */
    @ParameterizedTest
    @MethodSource("changes")
    void join_byATokenThatIsNotForHere_isRefused(Consumer<JsonObject> change) {
        JsonObject claims = projected();
        change.accept(claims);
        assertDenied(join(OLD, claims));
    }

    @Test
    void join_byATokenOfAStranger_isRefused_whateverKeyItNames() {
        assertDenied(join(ClusterIssuer.rsa("old", 2048), projected()));
        assertDenied(join(ClusterIssuer.ec("old"), projected()));
        assertDenied(join(ClusterIssuer.ec("unknown"), projected()));
    }

    /** As a cluster changes its keys: both in the set first, then the new one alone. Nobody is refused on the way. */
    @Test
    void join_whileTheClustersKeysRollOver_isRefusedToNobody() {
        await(join(OLD, projected()));
        keys = ClusterIssuer.keySet(OLD, NEW);
        clock.advance(Duration.ofSeconds(15));
        await(join(NEW, projected()));
        await(join(OLD, projected()));
        keys = ClusterIssuer.keySet(NEW);
        clock.advance(Duration.ofMinutes(6));
        await(join(NEW, projected()));
        assertDenied(join(OLD, projected()));
    }
}

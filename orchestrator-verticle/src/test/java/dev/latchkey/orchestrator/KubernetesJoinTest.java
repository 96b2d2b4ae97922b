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
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.orchestrator.Realm;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys from a server over HTTP, and servers that do not do what they should. */
class KeySourceTest {
    private static final ClusterIssuer EC = ClusterIssuer.ec("ec-1");
    private static final String DISCOVERY = "/.well-known/openid-configuration";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, Handler<HttpServerRequest>> pages = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @BeforeEach
    void start() {
        server =
                Realm.await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
        page("/keys", ClusterIssuer.keySet(EC));
    }

    @AfterEach
    void stop() {
        Realm.await(vertx.close());
    }

    private void serve(HttpServerRequest request) {
        asked.add(request.path() + " " + request.getHeader("Authorization"));
        pages.getOrDefault(
                        request.path(),
                        missing -> missing.response().setStatusCode(404).end())
                .handle(request);
    }

    private void page(String path, byte[] body) {
        pages.put(path, request -> request.response().end(io.vertx.core.buffer.Buffer.buffer(body)));
    }

    private String base() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void discovery(String issuer, String jwks) {
        JsonObject document = new JsonObject().put("issuer", issuer).put("jwks_uri", jwks);
        page(DISCOVERY, document.toBuffer().getBytes());
    }

    private KeySource source(@Nullable String jwks, @Nullable Path tokenFile) {
        KubernetesOptions options = new KubernetesOptions(
                base(),
                "latchkey",
                jwks == null ? null : URI.create(jwks),
                Map.of("shop/web", "web"),
                null,
                tokenFile,
                Duration.ofMinutes(5),
                Duration.ofHours(1));
        return new KeySource(new IssuerHttp(vertx, null, tokenFile), options);
    }

    private String failure(@Nullable String jwks) {
        return String.valueOf(Realm.failure(source(jwks, null).fetch()).getMessage());
    }

    @Test
    void fetch_fromTheSetAddress_bringsTheKeys() {
        assertThat(Realm.await(source(base() + "/keys", null).fetch()).key("ec-1"))
                .isNotNull();
    }

    @Test
    void fetch_byDiscovery_bringsTheKeys() {
        discovery(base(), base() + "/keys");
        assertThat(Realm.await(source(null, null).fetch()).key("ec-1")).isNotNull();
    }

    @Test
    void fetch_discoveryOfAnotherIssuer_isRefused() {
        discovery("https://evil.example", base() + "/keys");
        assertThat(failure(null)).contains("another issuer's");
    }

    @Test
    void fetch_discoveryThatLeadsToPlainHttp_isRefused() {
        discovery(base(), "http://evil.example/keys");
        assertThat(failure(null)).contains("no https URL");
        discovery(base(), "file:///etc/passwd");
        assertThat(failure(null)).contains("no https URL");
    }

    @Test
    void fetch_redirect_isNotFollowed() {
        pages.put("/moved", request -> request.response()
                .setStatusCode(302)
                .putHeader("Location", base() + "/keys")
                .end());
        assertThat(failure(base() + "/moved")).contains("302");
        assertThat(asked).noneMatch(path -> path.startsWith("/keys"));
    }

    @Test
    void fetch_errorOrNothing_fails() {
        assertThat(failure(base() + "/none")).contains("404");
        Realm.await(server.close());
        assertThat(failure(base() + "/keys")).isNotEmpty();
    }

    @Test
    void fetch_hugeAnswer_isCutOff() {
        pages.put("/huge", request -> request.response().end("x".repeat(300 * 1024)));
        assertThat(failure(base() + "/huge")).contains("longer than");
    }

    /** Headers at once, and then a body that never ends. */
    @Test
    void fetch_slowAnswer_failsInTime() {
        pages.put("/slow", request -> request.response().setChunked(true).write("{"));
        assertThat(failure(base() + "/slow")).isNotEmpty();
        pages.put("/silent", request -> {});
        assertThat(failure(base() + "/silent")).isNotEmpty();
    }

    @Test
    void fetch_withAToken_showsItToTheSetServerOnly() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        HttpServer other =
                Realm.await(vertx.createHttpServer().requestHandler(this::serve).listen(0, "127.0.0.1"));
        discovery(base(), "http://127.0.0.1:" + other.actualPort() + "/keys");
        Realm.await(source(null, token).fetch());
        assertThat(asked).containsExactly(DISCOVERY + " Bearer secret", "/keys null");
    }

    @Test
    void settings_plainHttpBeyondLoopback_isRefused() {
        JsonObject settings = new JsonObject()
                .put("issuer", "http://cluster.example")
                .put("audience", "latchkey")
                .put("services", new JsonObject().put("shop/web", "web"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesOptions.fromJson(settings))
                .withMessageContaining("kubernetes.issuer is no https URL");
        settings.put("issuer", "https://cluster.example").put("jwks", "http://127.0.0.1.evil.example/keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesOptions.fromJson(settings))
                .withMessageContaining("kubernetes.jwks is no https URL");
    }

    @Test
    void settings_wrongMember_getsAGuess() {
        JsonObject settings = new JsonObject().put("isuer", "https://cluster.example");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KubernetesOptions.fromJson(settings))
                .withMessage("kubernetes.isuer is unknown; did you mean 'issuer'?");
    }
}

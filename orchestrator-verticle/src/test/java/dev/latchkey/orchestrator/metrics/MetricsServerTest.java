// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.metrics;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.Realm;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metrics are served to whoever may read them, by the names that Prometheus gives them. */
class MetricsServerTest {
    private static final String TOKEN = "0123456789abcdef-token";

    private final Vertx vertx = Vertx.vertx();
    /** Held, since Vert.x closes a client that nobody refers to any more, in the midst of a request even. */
    private final HttpClient client = vertx.createHttpClient();

    private final Realm realm = Realm.create();
    private int port;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        await(vertx.close());
    }

    private record Reply(int status, String body) {}

    private Reply get(String path, String authorization) {
        return ask(HttpMethod.GET, path, authorization);
    }

    private Reply ask(HttpMethod method, String path, String authorization) {
        RequestOptions request = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setURI(path)
                .setMethod(method);
        if (!authorization.isEmpty()) {
            request.putHeader("Authorization", authorization);
        }
        return await(client.request(request).compose(HttpClientRequest::send).compose(response -> reply(response)));
    }

    private static io.vertx.core.Future<Reply> reply(HttpClientResponse response) {
        return response.body().map(body -> new Reply(response.statusCode(), body.toString()));
    }

    private void serve(@Nullable Path tokenFile) {
        port = await(MetricsServer.start(
                vertx, new MetricsOptions("127.0.0.1", 0, tokenFile), () -> SecureEventBus.metricsOf(vertx)));
    }

    @Test
    void bus_isServedOnceSomebodyHasJoined() {
        serve(null);
        assertThat(get("/metrics", "")).isEqualTo(new Reply(200, ""));
        realm.deployOrchestrator(vertx);
        SecureEventBus greeter = realm.join(vertx, "greeter");
        SecureEventBus caller = realm.join(vertx, "caller");
        greeter.<String>consumer("greeting.hello", message -> message.reply(message.body()));
        await(caller.request("greeting.hello", "hello"));
        assertThat(get("/metrics", "").body())
                .contains("latchkey_lease_state{state=\"HEALTHY\"} 2.0")
                .contains("# TYPE latchkey_refused_total counter")
                .contains("latchkey_resolve_seconds_count 0")
                .containsPattern("latchkey_token_age_seconds [0-9.E-]+\n");
    }

    @Test
    void orchestrator_isServed_withRotationsAndEpochs() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(vertx);
        port = await(MetricsServer.start(
                vertx, new MetricsOptions("127.0.0.1", 0, null), () -> Optional.of(orchestrator.metrics())));
        await(orchestrator.rotateNow(java.util.Set.of("greet")));
        assertThat(get("/metrics", "").body())
                .contains("latchkey_rotation_seconds_count 1")
                .containsPattern("latchkey_rotation_seconds_sum [0-9.E-]+\n")
                .containsPattern("latchkey_epoch_age_seconds [0-9.E-]+\n")
                .contains("latchkey_audit_lost_total 0.0");
    }

    @Test
    void otherPathsAndMethods_areRefused() {
        serve(null);
        assertThat(get("/", "").status()).isEqualTo(404);
        assertThat(get("/metrics/../metrics2", "").status()).isEqualTo(404);
        assertThat(ask(HttpMethod.POST, "/metrics", "").status()).isEqualTo(405);
    }

    @Test
    void token_isAskedFor() throws IOException {
        serve(Files.writeString(folder.resolve("token"), TOKEN + "\n"));
        assertThat(get("/metrics", "").status()).isEqualTo(401);
        assertThat(get("/metrics", "Bearer ").status()).isEqualTo(401);
        assertThat(get("/metrics", "Bearer " + TOKEN + "x").status()).isEqualTo(401);
        assertThat(get("/metrics", "Basic " + TOKEN).status()).isEqualTo(401);
        assertThat(get("/metrics", TOKEN).status()).isEqualTo(401);
        assertThat(get("/metrics", "Bearer " + TOKEN).status()).isEqualTo(200);
    }

    @Test
    void tokenFile_thatIsMissingOrTooShort_stopsTheStart() throws IOException {
        MetricsOptions missing = new MetricsOptions("127.0.0.1", 0, folder.resolve("none"));
        assertThat(failure(MetricsServer.start(vertx, missing, Optional::empty)))
                .hasMessageContaining("metrics.tokenFile names");
        Path shortToken = Files.writeString(folder.resolve("short"), "secret");
        MetricsOptions tooShort = new MetricsOptions("127.0.0.1", 0, shortToken);
        assertThat(failure(MetricsServer.start(vertx, tooShort, Optional::empty)))
                .hasMessageContaining("fewer than 16 characters")
                .hasMessageNotContaining("secret");
    }

    @Test
    void port_thatIsTaken_stopsTheStart() {
        serve(null);
        MetricsOptions same = new MetricsOptions("127.0.0.1", port, null);
        assertThat(failure(MetricsServer.start(vertx, same, Optional::empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metrics.host and metrics.port: nothing can listen at 127.0.0.1:" + port);
    }

    @Test
    void settings_areRead() {
        assertThat(MetricsOptions.fromJson(new JsonObject().put("port", 1)))
                .isEqualTo(new MetricsOptions("127.0.0.1", 1, null));
        JsonObject all = new JsonObject().put("host", "::1").put("port", 2).put("tokenFile", "t");
        assertThat(MetricsOptions.fromJson(all)).isEqualTo(new MetricsOptions("::1", 2, Path.of("t")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|metrics.port is missing",
                "{\"port\": \"x\"}|metrics.port is missing or no whole number",
                "{\"port\": 70000}|metrics.port must be",
                "{\"prot\": 1}|metrics.prot is unknown; did you mean 'port'?",
                "{\"port\": 1, \"host\": 5}|metrics.host is no text",
                "{\"port\": 1, \"host\": \"\"}|metrics.host is empty",
                "{\"port\": 1, \"tokenFile\": 5}|metrics.tokenFile is no text",
                "{\"port\": 1, \"tokenfile\": \"t\"}|metrics.tokenfile is unknown; did you mean 'tokenFile'?",
            })
    void wrongSetting_isRefused(String json, String problem) {
        assertThatThrownBy(() -> MetricsOptions.fromJson(new JsonObject(json)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(problem);
    }
}

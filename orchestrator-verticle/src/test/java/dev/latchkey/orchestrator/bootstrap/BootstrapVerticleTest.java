// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.MovingClock;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.TlsIdentity;
import dev.latchkey.orchestrator.policy.LoadedPolicy;
import dev.latchkey.orchestrator.policy.Policy;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapVerticleTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final MovingClock clock = new MovingClock();
    private volatile Policy policy = policy("");
    private volatile Future<?> state = Future.succeededFuture();
    private final OrchestratorKeys keys =
            new OrchestratorKeys(SigningKey.generate(), HpkeKeyPair.generate(), SecretBytes.random(32));
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private BootstrapVerticle deploy(BootstrapSettings settings) throws Exception {
        BootstrapVerticle verticle = new BootstrapVerticle(
                settings,
                keys,
                () -> policy,
                List.of("credential"),
                ClusterSettings.loopback("test", 5701, 5701),
                clock,
                () -> state);
        await(vertx.deployVerticle(verticle));
        return verticle;
    }

    private static BootstrapSettings anyPort() {
        return new BootstrapSettings("127.0.0.1", 0, null, null);
    }

    private HttpClientResponse ask(BootstrapVerticle server, HttpMethod method, String path) throws Exception {
        return await(client.request(method, server.port(), "127.0.0.1", path).compose(request -> request.send()));
    }

    private String body(BootstrapVerticle server, String path) throws Exception {
        return await(client.request(HttpMethod.GET, server.port(), "127.0.0.1", path)
                .compose(request -> request.send().compose(HttpClientResponse::body))
                .map(Object::toString));
    }

    @Test
    void document_isSignedByTheKeyThatThePinNames() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        String document = body(server, "/latchkey/v1/bootstrap");
        BootstrapDocument read = BootstrapDocument.verify(document, List.of(server.pin()), System.currentTimeMillis());
        assertThat(read.trustBundle()).isEqualTo(keys.trustBundle("demo.latchkey"));
        // The same bytes for a while: nobody has it sign at his pace.
        assertThat(body(server, "/latchkey/v1/bootstrap")).isEqualTo(document);
    }

    @Test
    void document_ofAnOrchestratorThatEnded_isAnotherOnesToTell() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        keys.close();
        assertThat(ask(server, HttpMethod.GET, "/latchkey/v1/bootstrap").statusCode())
                .isEqualTo(503);
    }

    private static Policy policy(String more) {
        Path file = Path.of("..", "conf", "policy.yaml");
        try {
            byte[] yaml = (Files.readString(file) + more).getBytes(StandardCharsets.UTF_8);
            return LoadedPolicy.parse(yaml, file).policy();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String unlisted(BootstrapVerticle server) throws Exception {
        String document = body(server, "/latchkey/v1/bootstrap");
        return BootstrapDocument.verify(document, List.of(server.pin()), clock.millis())
                .policy()
                .getString("unlisted");
    }

    @Test
    void document_followsThePolicyThatIsReloaded() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        assertThat(unlisted(server)).isEqualTo("off");
        policy = policy("\ndefaults:\n  unlisted: observe\n");
        clock.advance(Duration.ofMinutes(1));
        assertThat(unlisted(server)).isEqualTo("observe");
    }

    @Test
    void readiness_isThatOfTheOrchestrator() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        state = Future.failedFuture("a minority");
        assertThat(ask(server, HttpMethod.GET, "/readyz").statusCode()).isEqualTo(503);
        assertThat(ask(server, HttpMethod.GET, "/livez").statusCode()).isEqualTo(200);
        state = Future.succeededFuture();
        assertThat(ask(server, HttpMethod.GET, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void otherRequests_areRefused_andProbesAnswered() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        assertThat(ask(server, HttpMethod.GET, "/").statusCode()).isEqualTo(404);
        assertThat(ask(server, HttpMethod.POST, "/latchkey/v1/bootstrap").statusCode())
                .isEqualTo(405);
        assertThat(ask(server, HttpMethod.GET, "/livez").statusCode()).isEqualTo(200);
        assertThat(ask(server, HttpMethod.GET, "/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void requests_beyondTheRate_areRefused() throws Exception {
        BootstrapVerticle server = deploy(anyPort());
        List<Future<Integer>> asked = IntStream.range(0, 1_000)
                .mapToObj(i -> client.request(HttpMethod.GET, server.port(), "127.0.0.1", "/latchkey/v1/bootstrap")
                        .compose(request -> request.send())
                        .map(HttpClientResponse::statusCode))
                .toList();
        await(Future.join(asked));
        assertThat(asked).extracting(Future::result).contains(200, 503);
    }

    @Test
    void tlsKeyOfFiles_isServed() throws Exception {
        TlsIdentity made = TlsIdentity.create("test");
        Path key = Files.write(folder.resolve("tls.key"), made.key().getBytes());
        Path certificate =
                Files.write(folder.resolve("tls.crt"), made.certificate().getBytes());
        BootstrapVerticle server = deploy(new BootstrapSettings("127.0.0.1", 0, key, certificate));
        assertThat(ask(server, HttpMethod.GET, "/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void port_inUse_namesTheSettingAndTheFix() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            BootstrapSettings settings = new BootstrapSettings("127.0.0.1", taken.getLocalPort(), null, null);
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> deploy(settings))
                    .withMessageContaining("bootstrap.port: 127.0.0.1:" + taken.getLocalPort() + " cannot be bound")
                    .withMessageContaining("stop what listens there, or choose another");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"port\": 70000} | bootstrap.port: 70000 is no port; give one from 0 to 65535",
                "{\"port\": \"x\"} | bootstrap.port: is no whole number; give",
                "{\"prot\": 1} | bootstrap.prot: is unknown",
                "{\"host\": 1} | bootstrap.host: is no text",
                "{\"keyFile\": \"/no/such\"} | bootstrap.certificateFile: is missing; give key and certificate, or neither",
                "{\"keyFile\": \"/no/such\", \"certificateFile\": \"/no/such\"} | bootstrap.keyFile: /no/such cannot be read"
            })
    void settings_wrong_nameTheSettingAndTheFix(String json, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BootstrapSettings.fromJson(new JsonObject(json)))
                .withMessageContaining(problem);
    }

    @Test
    void settings_none_isLoopback() {
        assertThat(BootstrapSettings.fromJson(new JsonObject()))
                .isEqualTo(new BootstrapSettings("127.0.0.1", 8443, null, null));
    }
}

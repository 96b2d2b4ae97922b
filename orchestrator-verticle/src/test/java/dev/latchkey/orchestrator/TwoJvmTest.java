// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real cluster of two JVMs: this one has the orchestrator and the caller, the other one the provider. */
class TwoJvmTest {
    private static final int FIRST_PORT = Topology.freePort();
    private static final String CLUSTER = "two-jvms-" + FIRST_PORT;

    @TempDir
    private Path folder;

    private final Realm realm = Realm.create();
    private Vertx vertx;
    private Process child;

    @BeforeEach
    void start() throws Exception {
        vertx = await(ClusterNode.start(ClusterSettings.loopback(CLUSTER, FIRST_PORT, FIRST_PORT)));
        realm.deployOrchestrator(vertx);
        Files.writeString(folder.resolve("trust.json"), realm.trust().toJson().encode());
        Files.writeString(folder.resolve("credential"), realm.credential("greeter"));
        child = startChild();
        assertThat(firstLine(child)).isEqualTo("ready");
    }

    @AfterEach
    void stop() throws Exception {
        child.getOutputStream().close();
        if (!child.waitFor(10, TimeUnit.SECONDS)) {
            child.destroyForcibly();
        }
        await(vertx.close());
    }

    private Process startChild() throws IOException {
        JsonObject latchkey = new JsonObject()
                .put("service", "greeter")
                .put("trustBundle", folder.resolve("trust.json").toString())
                .put("credential", folder.resolve("credential").toString());
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Dhazelcast.logging.type=slf4j",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                RemoteGreeter.class.getName(),
                ClusterSettings.loopback(CLUSTER, Topology.freePort(), FIRST_PORT)
                        .toJson()
                        .encode(),
                new JsonObject().put("latchkey", latchkey).encode());
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What the child says first, past whatever its libraries print. */
    private static String firstLine(Process child) throws Exception {
        BufferedReader in = new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8));
        CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
            try (Stream<String> lines = in.lines()) {
                return lines.filter(text -> text.equals("ready") || text.startsWith("failed"))
                        .findFirst()
                        .orElse("ended");
            }
        });
        return line.get(60, TimeUnit.SECONDS);
    }

    @Test
    void request_toTheOtherJvm_isAnsweredThere_andPlaintextIsNot() {
        SecureEventBus caller = realm.join(vertx, "caller");
        String answer = await(caller.<String>request("greeting.hello", "Ada")).body();
        assertThat(answer).isEqualTo("Hello Ada from " + child.pid());

        Vertx stranger = await(ClusterNode.start(ClusterSettings.loopback(CLUSTER, Topology.freePort(), FIRST_PORT)));
        ReplyException refusal = (ReplyException) failure(stranger.eventBus().request("greeting.hello", "Eve"));
        assertThat(refusal.failureCode()).isEqualTo(DenialReason.PLAINTEXT.code());
        await(stranger.close());
    }
}

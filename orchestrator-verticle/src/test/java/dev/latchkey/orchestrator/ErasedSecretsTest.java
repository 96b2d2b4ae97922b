// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.secrets.ByteScan;
import dev.latchkey.orchestrator.secrets.Told;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets stay where they belong, and end. The run is in a JVM of its own, whose heap is dumped and searched here for every secret
 * that its objects held, and those that are derived from them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasedSecretsTest {
    private static final String LOGGING = """
            <configuration>
              <appender name="FILE" class="ch.qos.logback.core.FileAppender">
                <file>%s</file>
                <encoder><pattern>%%level %%logger %%msg%%n%%ex</pattern></encoder>
              </appender>
              <logger name="dev.latchkey" level="TRACE"/>
              <root level="INFO"><appender-ref ref="FILE"/></root>
            </configuration>
            """;

    /** JSON with a credential goes through buffers of Jackson's, one for each thread, which keep it until they are used again. */
    private static final Set<String> KEPT_BY_JACKSON =
            Set.of("caller.credential in base64url", "greeter.credential in base64url");

    @TempDir
    private static Path folder;

    private Told told;
    private ByteScan scan;

    @BeforeAll
    void run() throws IOException {
        Path logging = Files.writeString(folder.resolve("logback.xml"), LOGGING.formatted(folder.resolve("log")));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        // Otherwise the collector leaves dead objects between living ones, and the dump shows them as
                        // arrays.
                        "-XX:MarkSweepDeadRatio=0",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dhazelcast.logging.type=slf4j",
                        "-Dlogback.configurationFile=" + logging,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SecretsRun.class.getName(),
                        folder.toString())
                .redirectError(folder.resolve("stderr").toFile())
                .start();
        child.getOutputStream().close();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).as(() -> said("stderr") + said("log")).endsWith("done");
        told = Told.of(lines);
        scan = told.scan();
    }

    private static String said(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private Set<String> foundIn(String file) throws IOException {
        Set<String> found = scan.in(folder.resolve(file));
        found.removeIf(name -> name.startsWith("control"));
        return found;
    }

    @Test
    void secrets_ofEveryKind_wereTold() {
        for (String kind : List.of(
                "caller.member.seed",
                "greeter.member.seed",
                "boxes.secret",
                "authorisationKey",
                "encryptionKey",
                "requestKey.key",
                "replies.key.key",
                "peers.key",
                "key.privateKey",
                "registration.privateKey",
                "directories.state",
                "maps.box.secret",
                "epochs.secret",
                "caller.credential",
                "call seed",
                "claim key",
                "authentication key")) {
            assertThat(told.names()).as(kind).anyMatch(name -> name.contains(kind));
        }
    }

    /** The control: what follows could not fail if secrets were not found where they are. */
    @Test
    void heap_whileInstancesLive_holdsTheirSecrets() throws IOException {
        Set<String> found = scan.in(folder.resolve("alive.hprof"));
        for (String held : List.of(
                "control",
                "caller.member.seed",
                "caller.member.first.requestKey",
                "greeter.member.seed",
                "orchestrator.keyLines.lines.epochs.secret",
                "orchestrator.duties.registrar.issuer.directories.state")) {
            assertThat(found).anyMatch(name -> name.startsWith(held));
        }
    }

    @Test
    void heap_onceInstancesLeft_holdsNoSecretOfTheirs() throws IOException {
        assertThat(scan.in(folder.resolve("left.hprof"))).contains("control");
        Set<String> found = foundIn("left.hprof");
        found.removeIf(told::isOrchestrators);
        assertThat(found).isSubsetOf(KEPT_BY_JACKSON);
    }

    @Test
    void heap_onceTheOrchestratorStopped_holdsNoSecret() throws IOException {
        assertThat(scan.in(folder.resolve("stopped.hprof"))).contains("control");
        assertThat(foundIn("stopped.hprof")).isSubsetOf(KEPT_BY_JACKSON);
    }

    @Test
    void logsTextsAndErrors_sayNoSecret() throws IOException {
        for (String file : List.of("log", "texts", "stderr")) {
            assertThat(foundIn(file)).as(file).isEmpty();
        }
        assertThat(scan.in(folder.resolve("log"))).containsExactly("control in hex");
        assertThat(scan.in(folder.resolve("stderr"))).containsExactly("control in hex");
        assertThat(scan.in(folder.resolve("texts"))).containsExactly("control in base64", "control in base64url");
    }

    /** The refusals that are to be searched were indeed made. */
    /** What is known to be in it says that it was the right file: tokens' ids, and a signature. */
    @Test
    void auditLog_holdsNoSecret() throws IOException {
        String log = said("audit/audit-00000001.jsonl");
        assertThat(log).contains("\"event\":\"REGISTERED\"", "\"event\":\"REFUSED\"", "\"event\":\"CHECKPOINT\"");
        assertThat(scan.in(folder.resolve("audit/audit-00000001.jsonl"))).isEmpty();
    }

    @Test
    void texts_tellOfEveryRefusal() {
        assertThat(said("texts"))
                .contains(
                        "NOT_INVITED", "PLAINTEXT", "UNKNOWN_SERVICE", "BAD_CREDENTIAL", "TAMPERED", "EXPIRED", "LEFT");
    }
}

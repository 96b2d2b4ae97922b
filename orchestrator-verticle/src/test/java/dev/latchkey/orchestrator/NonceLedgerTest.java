// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * No key and nonce seal twice. The run is in a JVM of its own, whose every cipher is watched.
 *
 * <p>{@code -Dlatchkey.ledger.seals=10000000} for a long one.
 */
class NonceLedgerTest {
    private static final String SEALS = System.getProperty("latchkey.ledger.seals", "100000");

    private static JsonObject run(String seals, boolean planted) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx2g",
                        "-Djava.net.preferIPv4Stack=true",
                        "-Dhazelcast.logging.type=slf4j",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LedgerRun.class.getName(),
                        seals,
                        Boolean.toString(planted))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        child.getOutputStream().close();
        List<String> lines = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        return new JsonObject(lines.get(lines.size() - 1));
    }

    @Test
    void seals_acrossRestartsReplaysAndRotations_neverRepeatKeyAndNonce() throws IOException {
        JsonObject ledger = run(SEALS, false);
        System.out.println("nonce ledger: " + ledger.encode());
        assertThat(ledger.getLong("seals")).isGreaterThanOrEqualTo(Long.parseLong(SEALS));
        assertThat(ledger.getLong("repeats")).isZero();
        for (String happened : List.of(
                "hpke", "answered", "told", "takenAgain", "replaysRefused", "restarts", "renewals", "rotations")) {
            assertThat(ledger.getLong(happened)).as(happened).isPositive();
        }
    }

    @Test
    void seals_withOneNonceUsedTwice_areFound() throws IOException {
        assertThat(run("1", true).getLong("repeats")).isOne();
    }
}

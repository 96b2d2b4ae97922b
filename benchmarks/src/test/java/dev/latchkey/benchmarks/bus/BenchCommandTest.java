// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.cli.LatchkeyCommand;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A short run for real, in JVMs of their own. It guards what a sealed message costs in bytes, on the wire and of the heap, which does
 * not depend on how fast a machine is; of time it says nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BenchCommandTest {
    /** What Latchkey promises for each message in the steady state. */
    private static final double MAX_WIRE_OVERHEAD = 64;

    /** How much shorter Latchkey's reply addresses are than Vert.x's. */
    private static final int REPLY_ADDRESS_SAVING = 16;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private JsonObject report = new JsonObject();
    private int code;

    @BeforeAll
    void run(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("report.json");
        code = run(
                "bench",
                "--modes=plain,sealed",
                "--kinds=send,request",
                "--sizes=256",
                "--rounds=2",
                "--seconds=0.2",
                "--relayed",
                "--report=" + file);
        report = new JsonObject(Files.readString(file));
    }

    private int run(String... arguments) {
        return LatchkeyCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    private JsonObject cell(String kind, String mode) {
        return cells().stream()
                .filter(cell -> cell.getString("kind").equals(kind)
                        && cell.getString("mode").equals(mode))
                .findFirst()
                .orElseThrow();
    }

    private List<JsonObject> cells() {
        return report.getJsonArray("cells").stream().map(JsonObject.class::cast).toList();
    }

    @Test
    void run_losesNothing_andMeasuresEachTrafficInEachModeInEachRound() {
        assertThat(code).isZero();
        assertThat(cells()).hasSize(4).allSatisfy(cell -> {
            assertThat(cell.getJsonArray("readings")).hasSize(2);
            assertThat(cell.getInteger("size")).isEqualTo(256);
            assertThat(cell.getJsonObject("perSecond").getDouble("min")).isPositive();
            assertThat(cell.getJsonObject("ratioToPlain").getDouble("median")).isPositive();
            assertThat(cell.getJsonObject("cpuNanosPerMessage").getDouble("min"))
                    .isPositive();
        });
        assertThat(out.toString()).contains("ratio to plain").contains("Everything held.");
        assertThat(err.toString()).contains("round 2 of 2: request 256 B");
    }

    @Test
    void wire_ofSealedMessages_isAtMost64BytesMore() {
        assertThat(wire("send", "sealed") - wire("send", "plain")).isBetween(50.0, MAX_WIRE_OVERHEAD);
        assertThat(wire("request", "sealed") - wire("request", "plain"))
                .isBetween(80.0, 2 * (MAX_WIRE_OVERHEAD - REPLY_ADDRESS_SAVING));
    }

    private double wire(String kind, String mode) {
        return cell(kind, mode).getDouble("wireBytesPerMessage");
    }

    /** A tenth over what they take; the JDK's cipher takes 1.0 KiB for each sealing and each opening. */
    @Test
    void heap_ofSealedMessages_isBounded() {
        double cipher = CipherChoice.isOfTheJdk() ? 2_100 : 0;
        assertThat(allocated("send")).isBetween(1_000.0, 5_900 + cipher);
        assertThat(allocated("request")).isBetween(1_000.0, 14_000 + 2 * cipher);
    }

    private double allocated(String kind) {
        return cell(kind, "sealed").getJsonObject("allocatedBytesPerMessage").getDouble("min");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --modes   | palin    | --modes: 'palin' is no mode; use some of plain,plain-coalesced,sealed
        --kinds   | sent     | --kinds: 'sent' is no kind; use some of send,request,publish
        --sizes   | 0        | --sizes: 0 is out of range
        --sizes   | 1048577  | --sizes: 1048577 is out of range
        --callers | 0        | --callers: 0 is out of range; use 1 to 100000
        --callers | 100001   | --callers: 100001 is out of range
        --rounds  | 0        | --rounds: 0 is out of range
        --rounds  | 101      | --rounds: 101 is out of range
        --seconds | 0        | --seconds: 0.0 is out of range
        --seconds | 61       | --seconds: 61.0 is out of range
        --report  | no/such  | the folder of no/such does not exist
        """)
    void option_wrong_isRefusedByName(String option, String value, String problem) {
        assertThat(run("bench", option, value)).isNotZero();
        assertThat(err.toString()).contains(problem);
    }
}

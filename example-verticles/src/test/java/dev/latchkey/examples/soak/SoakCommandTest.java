// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.cli.LatchkeyCommand;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command: short soaks for real, in JVMs of their own, and what it refuses. */
class SoakCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return LatchkeyCommand.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
    }

    @Test
    void orchestratorsKilled_loseNothing() throws IOException {
        Path report = folder.resolve("report.json");
        int code = run(
                "soak",
                "--plan",
                "orchestrators",
                "--minutes",
                "0.5",
                "--nodes",
                "2",
                "--orchestrators",
                "2",
                "--rate",
                "200",
                "--bus",
                "secured",
                "--report",
                report.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        JsonObject told = new JsonObject(Files.readString(report));
        assertThat(told.getBoolean("held")).isTrue();
        JsonObject run = told.getJsonArray("runs").getJsonObject(0);
        assertThat(run.getJsonArray("faults")).hasSize(2);
        assertThat(run.getJsonObject("total").getLong("sent")).isPositive();
        assertThat(out.toString()).contains("Everything held.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --plan          | clam    | is no plan; use one of calm, orchestrators, rolling, nodes, outage, revocations, joins, split
        --minutes       | 0       | --minutes: 0.0 is out of range
        --minutes       | 61      | --minutes: 61.0 is out of range
        --nodes         | 1       | --nodes: 1 is out of range
        --orchestrators | 0       | --orchestrators: 0 is out of range
        --rate          | 99      | --rate: 99 is out of range
        --bus           | vertx   | --bus: 'vertx' is no bus
        --report        | no/such | the folder of no/such does not exist
        """)
    void option_wrong_isRefusedByName(String option, String value, String problem) {
        assertThat(run("soak", option, value)).isNotZero();
        assertThat(err.toString()).contains(problem);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.orchestrator.cli.LatchkeyCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All orchestrators are replaced under load, one after the other, each in order; nothing is lost, whatever their versions. */
@Timeout(300)
@Tag("rolling")
class RollingTest {
    private static final SoakSize SIZE = new SoakSize(34, 2, 2, 2, 200);

    @Test
    void restart_ofAllOrchestrators_losesNothing() {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = LatchkeyCommand.run(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                "soak",
                "--plan",
                "rolling",
                "--minutes",
                "0.6",
                "--nodes",
                "2",
                "--orchestrators",
                "2",
                "--rate",
                "200",
                "--bus",
                "secured");
        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines().filter(line -> line.contains("an orchestrator is stopped and started again")))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    /** Half of the services are of the later version from the beginning, all orchestrators at the end. */
    @Test
    void upgrade_ofAllOrchestratorsToALaterMinor_losesNothing(@TempDir Path folder) throws Exception {
        Place later = LaterVersion.compile(folder);
        try (NodeFolder nodes = NodeFolder.create(LoadScenario.class, FaultPlan.ROLLING.policy())) {
            RunReport report =
                    new SoakRun(SoakBus.SECURED, FaultPlan.ROLLING, SIZE, nodes.path(), later, line -> {}).run();
            assertThat(report.faults())
                    .hasSize(2)
                    .allMatch(fault -> fault.endsWith("an orchestrator is stopped and started again"));
            assertThat(report.total().sent()).isPositive();
            assertThat(LaterVersion.used(folder))
                    .as("a provider, a caller, two orchestrators")
                    .isEqualTo(4);
            assertThat(new LoadVerdict(FaultPlan.ROLLING, List.of(report)).failings())
                    .isEmpty();
        }
    }
}

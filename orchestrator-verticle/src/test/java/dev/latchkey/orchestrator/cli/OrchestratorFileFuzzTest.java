// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file confuses the parser of an orchestrator's settings. */
class OrchestratorFileFuzzTest {
    @TempDir
    private static Path folder = Path.of("");

    @FuzzTest
    void load_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, OrchestratorFileFuzzTest::check);
    }

    @Test
    void load_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(OrchestratorFileFuzzTest.class, this::load_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static void check(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("orchestrator.yaml"), input);
        ClusterSettings settings;
        try {
            settings = OrchestratorFile.load(file).cluster();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("orchestrator.yaml");
            return;
        }
        assertThat(ClusterSettings.fromJson(settings.toJson())).isEqualTo(settings);
    }
}

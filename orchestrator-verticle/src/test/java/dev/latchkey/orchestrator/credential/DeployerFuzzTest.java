// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file confuses the parser of those who may sign credentials. */
class DeployerFuzzTest {
    @TempDir
    private static Path folder = Path.of("");

    @FuzzTest
    void load_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, DeployerFuzzTest::check);
    }

    @Test
    void load_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(DeployerFuzzTest.class, this::load_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static void check(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("deployer.json"), input);
        Deployer deployer;
        try {
            deployer = Deployer.load(file);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("deployer.json");
            return;
        }
        Files.writeString(file, deployer.toJson().encode());
        assertThat(deployer).hasNoNullFieldsOrProperties();
        assertThat(Deployer.load(file)).isEqualTo(deployer);
    }
}

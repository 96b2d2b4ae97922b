// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file confuses the parser of policies. */
class PolicyFileFuzzTest {
    @TempDir
    private static Path folder = Path.of("");

    @FuzzTest
    void load_anyBytes_isReadOrRefused(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, PolicyFileFuzzTest::check);
    }

    @Test
    void load_seedsAndMutants_areReadOrRefused() throws Exception {
        Fuzzing.checkSeeds(PolicyFileFuzzTest.class, this::load_anyBytes_isReadOrRefused);
    }

    private static void check(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("policy.yaml"), input);
        try {
            assertThat(PolicyFile.load(file).trustDomain()).isNotEmpty();
        } catch (PolicyException e) {
            assertThat(e.problems()).isNotEmpty().allSatisfy(problem -> assertThat(problem)
                    .contains("policy.yaml"));
        }
    }
}

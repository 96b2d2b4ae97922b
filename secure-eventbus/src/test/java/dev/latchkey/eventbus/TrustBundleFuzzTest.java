// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file confuses the parser of trust bundles. */
class TrustBundleFuzzTest {
    @TempDir
    private static Path folder = Path.of("");

    @FuzzTest
    void load_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, TrustBundleFuzzTest::check);
    }

    @Test
    void load_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(TrustBundleFuzzTest.class, this::load_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static void check(byte[] input) throws IOException {
        Path file = Files.write(folder.resolve("trust.json"), input);
        TrustBundle bundle;
        try {
            bundle = TrustBundle.load(file);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("trust.json");
            return;
        }
        assertThat(TrustBundle.fromJson(bundle.toJson())).isEqualTo(bundle);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file confuses the parser of observations. */
class TrafficFuzzTest {
    @TempDir
    private static Path folder = Path.of("");

    @FuzzTest
    void readInto_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, TrafficFuzzTest::check);
    }

    @Test
    void readInto_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(TrafficFuzzTest.class, this::readInto_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static void check(byte[] input) throws IOException {
        Path path = Files.write(folder.resolve("observed.json"), input);
        Traffic traffic = new Traffic();
        try {
            new TrafficFile(path).readInto(traffic);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("observed.json");
            return;
        }
        Traffic again = new Traffic();
        TrafficFormat.read(TrafficFormat.write(traffic), again);
        assertThat(again.messages()).isEqualTo(traffic.messages());
        assertThat(again.overflow()).isEqualTo(traffic.overflow());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes behind a record's seal confuse the parser of key lines. */
class KeyLineFuzzTest {
    @FuzzTest
    void fromBytes_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, KeyLineFuzzTest::read);
        KeyLine line = read(input);
        if (line != null) {
            assertThat(line.toBytes()).isEqualTo(input);
            assertThat(line.epochs()).contains(line.active(0));
        }
    }

    @Test
    void fromBytes_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(KeyLineFuzzTest.class, this::fromBytes_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable KeyLine read(byte[] input) {
        try {
            return KeyLine.fromBytes(input);
        } catch (RuntimeException e) {
            return null;
        }
    }
}

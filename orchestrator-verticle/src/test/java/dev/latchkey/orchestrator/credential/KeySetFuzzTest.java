// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import org.junit.jupiter.api.Test;

/** Whatever a server sends, it is a sound key set or refused. */
class KeySetFuzzTest {
    @FuzzTest
    void read_anyBytes_isReadOrRefused(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, KeySetFuzzTest::check);
    }

    @Test
    void read_seedsAndMutants_areReadOrRefused() throws Exception {
        Fuzzing.checkSeeds(KeySetFuzzTest.class, this::read_anyBytes_isReadOrRefused);
    }

    private static void check(byte[] input) {
        try {
            assertThat(KeySet.read(input)).isNotNull();
        } catch (CredentialException e) {
            assertThat(e.getMessage()).doesNotContain("\n");
        }
    }
}

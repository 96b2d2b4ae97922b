// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.orchestrator.Fuzzing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes behind a record's seal confuse the parser of leases. */
class LeaseFuzzTest {
    @FuzzTest
    void fromBytes_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, LeaseFuzzTest::read);
        Lease lease = read(input);
        if (lease != null) {
            assertThat(lease).hasNoNullFieldsOrPropertiesExcept("node");
            assertThat(Lease.fromBytes(lease.toBytes())).isEqualTo(lease);
        }
    }

    @Test
    void fromBytes_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(LeaseFuzzTest.class, this::fromBytes_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable Lease read(byte[] input) {
        try {
            return Lease.fromBytes(input);
        } catch (RuntimeException e) {
            return null;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No bytes behind a question's seal confuse their parser. */
class RegistrationFuzzTest {
    @FuzzTest
    void read_anyBytes_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, RegistrationFuzzTest::read);
        Registration registration = read(input);
        if (registration != null) {
            Registration again = RegistrationFormat.read(RegistrationFormat.write(registration));
            assertThat(registration).hasNoNullFieldsOrPropertiesExcept("node");
            assertThat(again).usingRecursiveComparison().ignoringFields("seed").isEqualTo(registration);
            assertThat(again.seed().sameAs(registration.seed())).isTrue();
        }
    }

    @Test
    void read_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(RegistrationFuzzTest.class, this::read_anyBytes_isRefusedOrWrittenBackEqual);
    }

    private static @Nullable Registration read(byte[] input) {
        try {
            return RegistrationFormat.read(input);
        } catch (RuntimeException e) {
            return null;
        }
    }
}

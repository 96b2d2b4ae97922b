// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.latchkey.eventbus.Fuzzing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No text confuses the parser of address patterns; the input is a pattern, a line break, and another or an address. */
class AddressPatternFuzzTest {
    @FuzzTest
    void parse_anyText_isRefusedOrWrittenBackEqual(byte[] input) throws Exception {
        Fuzzing.checkAllocation(input, AddressPatternFuzzTest::check);
    }

    @Test
    void parse_seedsAndMutants_areRefusedOrWrittenBackEqual() throws Exception {
        Fuzzing.checkSeeds(AddressPatternFuzzTest.class, this::parse_anyText_isRefusedOrWrittenBackEqual);
    }

    private static void check(byte[] input) {
        String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", 2);
        AddressPattern pattern = parse(lines[0]);
        if (pattern != null) {
            String other = lines[lines.length - 1];
            assertThat(AddressPattern.parse(pattern.toString())).isEqualTo(pattern);
            assertThat(pattern.matches(lines[0])).isEqualTo(!AddressSyntax.isReserved(lines[0]));
            assertThat(pattern.matches(other) && AddressSyntax.isReserved(other))
                    .isFalse();
            checkOverlap(pattern, parse(other));
        }
    }

    private static void checkOverlap(AddressPattern one, @Nullable AddressPattern two) {
        if (two != null) {
            assertThat(one.overlaps(two)).isEqualTo(two.overlaps(one));
            // A pattern, read as an address, is one that it matches itself.
            assertThat(one.overlaps(two) || !one.matches(two.toString())).isTrue();
        }
    }

    private static @Nullable AddressPattern parse(String text) {
        try {
            return AddressPattern.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

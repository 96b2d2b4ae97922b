// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptContextsTest {
    @AfterEach
    void clear() {
        System.clearProperty(KeptContexts.PROPERTY);
    }

    private static String said() {
        return String.valueOf(System.getProperty(KeptContexts.PROPERTY));
    }

    @Test
    void property_whileTheProviderIsMade_isSet_andGoneAfterwards() {
        assertThat(KeptContexts.whileMaking(KeptContextsTest::said)).isEqualTo("LAZY");
        assertThat(said()).isEqualTo("null");
    }

    @Test
    void property_thatWasSet_stays() {
        System.setProperty(KeptContexts.PROPERTY, "EAGER");
        assertThat(KeptContexts.whileMaking(KeptContextsTest::said)).isEqualTo("EAGER");
        assertThat(said()).isEqualTo("EAGER");
    }

    @Test
    void property_whenMakingFails_isGone() {
        assertThatIllegalStateException()
                .isThrownBy(() -> KeptContexts.whileMaking(() -> {
                    throw new IllegalStateException("made for a test");
                }));
        assertThat(said()).isEqualTo("null");
    }
}

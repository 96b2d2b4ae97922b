// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.security.Provider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PreferredProviderTest {
    /** A later version may read it from elsewhere, and nothing else would tell. */
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void contexts_ofThePreferredProvider_areKept() throws Exception {
        Provider provider = CipherProvider.provider();
        Field strategy = provider.getClass().getDeclaredField("nativeContextReleaseStrategy");
        strategy.setAccessible(true);
        assertThat(String.valueOf(strategy.get(provider))).isEqualTo("LAZY");
    }
}

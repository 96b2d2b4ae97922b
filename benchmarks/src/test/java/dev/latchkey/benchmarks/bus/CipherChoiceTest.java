// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.CipherProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** On the launcher's class path is a build of the provider that is preferred, for one kind of machine. */
class CipherChoiceTest {
    @Test
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void preferred_runsHere_andIsChosenUnasked() {
        assertThat(CipherProvider.provider().getName()).isEqualTo("AmazonCorrettoCryptoProvider");
        assertThat(CipherChoice.isOfTheJdk()).isFalse();
        assertThat(BusMode.SEALED_JDK.isAvailable()).isTrue();
    }
}

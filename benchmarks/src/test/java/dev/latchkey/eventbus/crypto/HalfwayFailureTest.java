// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stack may overflow at any step of a sealing. A cipher of the preferred provider that was given a key, was then not used with it, and is
 * given it again, seals with the key that it had before: under a number that this other key has used, or will use, for another message.
 *
 * <p>In a JVM of its own, as a class whose loading failed for want of stack would be missing to whatever runs later.
 */
class HalfwayFailureTest {
    @ParameterizedTest
    @ValueSource(strings = {"AmazonCorrettoCryptoProvider", "SunJCE"})
    void seal_afterOneThatFailedHalfway_usesItsOwnKey(String provider) throws IOException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-D" + CipherProvider.PROPERTY + "=" + provider,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HalfwayFailure.class.getName())
                .redirectErrorStream(true)
                .start();
        child.getOutputStream().close();
        assertThat(new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(provider + "\noverflows: true\nwrong: 0\n");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A stack may overflow at any step of a sealing. A cipher of the preferred provider that was given a key, was then not used with it, and is
 * given it again, seals with the key that it had before: under a number that this other key has used, or will use, for another message.
 *
 * <p>In a JVM of its own, as a class whose loading failed for want of stack would be missing to whatever runs later.
 */
class HalfwayFailureTest {
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    @ValueSource(strings = {"AmazonCorrettoCryptoProvider", "SunJCE"})
    void seal_afterOneThatFailedHalfway_usesItsOwnKey(String provider) throws Exception {
        Path out = folder.resolve("out");
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-D" + CipherProvider.PROPERTY + "=" + provider,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HalfwayFailure.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        boolean ended = child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        child.destroyForcibly();
        // Before them, the virtual machine may warn of where it overflowed.
        assertThat(Files.readAllLines(out)).endsWith(provider, "overflows: true", "wrong: 0");
        assertThat(ended).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The README shows what is compiled and tested, and not something like it. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final int MOST_LINES = 25;

    @Test
    void verticle_inTheReadme_isTheGreeter() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        String source = withoutLicence(Files.readString(Path.of("src/main/java/dev/latchkey/examples/Greeter.java")));
        assertThat(readme).contains("```java\n" + source + "```");
        assertThat(source.lines().count()).isLessThan(MOST_LINES);
    }

    private static String withoutLicence(String source) {
        return source.substring(source.indexOf("package "));
    }
}

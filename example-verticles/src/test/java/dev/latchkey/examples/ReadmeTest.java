// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.ReadmeBlocks.Block;
import dev.latchkey.orchestrator.policy.PolicyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README shows what is compiled and tested, and not something like it. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..");
    private static final String SOURCES = "example-verticles/src/main/java/";
    private static final int MOST_LINES = 25;

    private final List<Block> blocks = ReadmeBlocks.in(read("README.md"));

    @Test
    void javaBlocks_areCopiesOfTheSourcesThatTheyName() {
        assertThat(blocks).isNotEmpty().allSatisfy(block -> {
            assertThat(block.source()).startsWith(SOURCES);
            assertThat(block.isCopiedFrom(read(block.source())))
                    .as("line %d is copied from %s", block.line(), block.source())
                    .isTrue();
        });
    }

    @Test
    void greeter_isShownWholeAndIsShort() {
        String file = SOURCES + "dev/latchkey/examples/Greeter.java";
        List<String> source = read(file).lines().skip(1).toList();

        assertThat(blocks).anySatisfy(block -> assertThat(block.content()).isEqualTo(source));
        assertThat(source).hasSizeLessThan(MOST_LINES);
    }

    @Test
    void policy_isOne(@TempDir Path folder) throws IOException {
        String block = read("README.md").split("## Policy\n```yaml\n", 2)[1].split("```", 2)[0];
        Path file = Files.writeString(folder.resolve("policy.yaml"), block);

        assertThat(PolicyFile.load(file).operations()).containsOnlyKeys("greet");
    }

    private static String read(String path) {
        try {
            return Files.readString(ROOT.resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.examples.ReadmeBlocks.Block;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadmeBlocksTest {
    private static final String MARKDOWN = """
            text
            <!-- from a/B.java -->
            ```java
            one();

              two();
            ```
            ```yaml
            no: java
            ```

            ```java
            nobody();
            ```
            """;

    @Test
    void in_namedAndUnnamedBlocks_areAllFound() {
        assertThat(ReadmeBlocks.in(MARKDOWN))
                .containsExactly(
                        new Block(3, "a/B.java", List.of("one();", "", "  two();")),
                        new Block(12, "", List.of("nobody();")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"```java", "``` java", "````java", "  ```java", "```java linenums"})
    void in_otherSpellingsOfTheFence_areNotOverlooked(String fence) {
        assertThat(ReadmeBlocks.in(fence + "\nx();\n```")).hasSize(1);
    }

    @Test
    void copied_deeperIndented_isFound() {
        assertThat(block("if (a) {", "    b();", "}")
                        .isCopiedFrom("    {\n        if (a) {\n            b();\n        }\n"))
                .isTrue();
    }

    @Test
    void copied_whatDiffersOrIsEmpty_isNotFound() {
        String source = "    if (a) {\n        b();\n    }\n";

        assertThat(block("if (a) {", "  b();", "}").isCopiedFrom(source)).isFalse();
        assertThat(block("if (a) {", "}").isCopiedFrom(source)).isFalse();
        assertThat(block("b()").isCopiedFrom(source)).isFalse();
        assertThat(block("x", "y", "z", "z", "z").isCopiedFrom(source)).isFalse();
        assertThat(block().isCopiedFrom(source)).isFalse();
    }

    private static Block block(String... lines) {
        return new Block(1, "a/B.java", List.of(lines));
    }
}

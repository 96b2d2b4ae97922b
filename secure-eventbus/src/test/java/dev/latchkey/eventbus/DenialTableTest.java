// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page that users look a code up in. */
class DenialTableTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z_]+)` \\| (-\\d+) \\| (\\w+) \\| \\S.* \\|");

    @Test
    void page_hasOneRowForEachReason_withItsCode() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("..", "docs", "denials.md")).stream()
                .map(ROW::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(row -> row.group(1) + " " + row.group(2))
                .toList();
        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(DenialReason.values())
                        .map(reason -> reason + " " + reason.code())
                        .toList());
    }

    /** Codes go down from -7001, so that the least one is the last. */
    @Test
    void differences_nameTheCodesFromTheFirstToTheLast() throws IOException {
        int last = Arrays.stream(DenialReason.values())
                .mapToInt(DenialReason::code)
                .min()
                .orElseThrow();
        assertThat(Path.of("..", "docs", "differences.md"))
                .content()
                .contains("| Failure codes -7001 to " + last + " of your own `fail` |");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlSourceTest {

    @TempDir
    Path directory = Path.of("");

    @Test
    void load_missingFile_isRefused() {
        Path file = directory.resolve("none.yaml");
        assertThat(PolicyText.problems(file))
                .containsExactly(file + ": there is no such file; create it or correct the path");
    }

    @Test
    void load_relativePath_isNamedAsGiven() {
        assertThat(PolicyText.problems(Path.of("no/policy.yaml")))
                .containsExactly("no/policy.yaml: there is no such file; create it or correct the path");
    }

    @Test
    void load_directory_isRefused() {
        assertThat(PolicyText.problems(directory))
                .singleElement()
                .asString()
                .startsWith(directory + ": the file cannot be read (")
                .endsWith("); give the path of a readable file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "# only a comment\n", "---\n", "text", "[a, b]", "42"})
    void load_noMapping_isRefused(String text) {
        assertRefused(text, ": the file holds no keys and values; begin it with 'version: 1'");
    }

    @Test
    void load_largestFile_isRead() {
        String comment = "#" + "x".repeat(YamlSource.MAX_BYTES - PolicyText.GOOD.length() - 2) + "\n";
        assertThat(PolicyText.load(directory, comment + PolicyText.GOOD).services())
                .hasSize(3);
    }

    @Test
    void load_largerFile_isRefused() {
        String comment = "#" + "x".repeat(YamlSource.MAX_BYTES - PolicyText.GOOD.length() - 1) + "\n";
        assertRefused(comment + PolicyText.GOOD, ": the file is larger than 1 MiB; make it smaller");
    }

    @Test
    void load_endlessFile_isRefused() {
        assertThat(PolicyText.problems(Path.of("/dev/zero")))
                .containsExactly("/dev/zero: the file is larger than 1 MiB; make it smaller");
    }

    @Test
    void load_otherEncoding_isRefused() throws IOException {
        Path file = directory.resolve("latin1.yaml");
        Files.write(file, "trustDomain: größe".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(PolicyText.problems(file)).containsExactly(file + ": the file is not UTF-8; save it as UTF-8");
    }

    @Test
    void load_tab_isRefusedInItsLine() {
        assertRefused(
                "version: 1\noperations:\n\tx: 1\n",
                ":3: invalid YAML: found character '\\t(TAB)' that cannot"
                        + " start any token. (Do not use \\t(TAB) for indentation); correct the syntax there");
    }

    @Test
    void load_unclosedList_isRefusedWithItsBeginning() {
        assertRefused(
                "version: 1\na: [b,\nc: d\n",
                ":4: invalid YAML: while parsing a flow sequence from line 2, expected ',' or ']', but got <stream end>;"
                        + " correct the syntax there");
    }

    @Test
    void load_valueAfterValue_isRefused() {
        assertRefused(
                "version: 1\na: b: c\n",
                ":2: invalid YAML: mapping values are not allowed here; correct the syntax there");
    }

    @Test
    void load_unknownAlias_isRefused() {
        assertRefused("version: 1\na: *b\n", ":2: invalid YAML: found undefined alias b; correct the syntax there");
    }

    @Test
    void load_tagOfAClass_isRefused() {
        assertRefused(
                "version: 1\na: !!java.net.URL [x]\n",
                ":2: invalid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL; correct the syntax there");
    }

    @Test
    void load_twoDocuments_isRefused() {
        assertRefused(
                "version: 1\n---\nversion: 1\n",
                ":2: invalid YAML: expected a single document in the stream from line 1, but found another document;"
                        + " correct the syntax there");
    }

    @Test
    void load_controlCharacter_isRefusedInItsLine() {
        assertRefused(
                "version: 1\n# 😀\na: \u0007\n", ":3: invalid YAML: a character that no YAML may contain; remove it");
    }

    @Test
    void tag_thatCannotBeDecoded_isRefused() {
        assertRefused("!%20", ": invalid YAML: a tag that cannot be read; remove what begins with '!'");
    }

    @Test
    void load_deepNesting_isRefused() {
        assertRefused("a: " + "[".repeat(500_000), ": invalid YAML: Nesting Depth exceeded max 20; make it simpler");
    }

    @Test
    void load_manyAliases_isRefused() {
        assertRefused(
                "a: &x [y]\nb: [" + "*x, ".repeat(51) + "]\n",
                ": invalid YAML: Number of aliases for non-scalar nodes exceeds the specified max=50; make it simpler");
    }

    private void assertRefused(String text, String problem) {
        assertThat(PolicyText.problems(directory, text)).containsExactly("conf/policy.yaml" + problem);
    }
}

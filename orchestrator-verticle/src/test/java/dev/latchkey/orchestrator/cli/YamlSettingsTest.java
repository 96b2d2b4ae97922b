// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YamlSettingsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private JsonObject load(String text) throws IOException {
        return YamlSettings.load(Files.writeString(folder.resolve("f.yaml"), text), "fix it");
    }

    @Test
    void load_nested_isJson() throws IOException {
        assertThat(load("a: {b: [1, x, true, null]}\nc: 2.5\n"))
                .isEqualTo(new JsonObject()
                        .put(
                                "a",
                                new JsonObject()
                                        .put(
                                                "b",
                                                new JsonArray()
                                                        .add(1)
                                                        .add("x")
                                                        .add(true)
                                                        .addNull()))
                        .put("c", 2.5));
    }

    @Test
    void load_json_isReadToo() throws IOException {
        assertThat(load("{\"a\": {\"b\": 1}}")).isEqualTo(new JsonObject().put("a", new JsonObject().put("b", 1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "---\n"})
    void load_empty_hasNoSettings(String text) throws IOException {
        assertThat(load(text)).isEqualTo(new JsonObject());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- a\n",
                "text",
                "1: a\n",
                "a: 2026-01-01\n",
                "a: !!java.io.File [x]\n",
                "a: [b\n",
                "a: 1\na: 2\n",
                "a: &x [*x]\n",
                "a: \u0001\n",
                "--- a\n--- b\n"
            })
    void load_wrong_isRefusedInOneLineThatNamesTheFile(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load(text))
                .withMessageStartingWith(folder.resolve("f.yaml").toString())
                .withMessageContaining(";");
    }

    @Test
    void load_syntaxError_namesTheLine() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load("a: 1\nb: c: d\n"))
                .withMessageContaining("f.yaml:2: invalid YAML: ");
    }

    @Test
    void load_huge_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> load("a: " + "x".repeat(1 << 20)))
                .withMessageContaining("larger than 1 MiB");
    }

    @Test
    void load_notUtf8_isRefused() throws IOException {
        Path file = Files.write(folder.resolve("f.yaml"), "a: ü".getBytes(StandardCharsets.ISO_8859_1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlSettings.load(file, "fix it"))
                .withMessageContaining("not UTF-8");
    }

    @Test
    void load_missing_saysWhatToDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> YamlSettings.load(folder.resolve("none"), "fix it"))
                .withMessage(folder.resolve("none") + " does not exist; fix it");
    }
}

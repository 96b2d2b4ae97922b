// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RiskRulesTest {

    @Test
    void bundled_rules_load() {
        assertThat(RiskRules.bundled()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dimensions", "duplicate", "palette", "fileSize", "levels"})
    void load_sectionMissing_isNamed(String section) throws IOException {
        JsonObject json = rules();
        json.remove(section);

        assertRefused(json, "risk rules: '" + section + "' is missing; add it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "dimensions | weight             | 101   | 'dimensions.weight' is 101; use 0 to 100",
                "dimensions | maxPixels          | 0     | 'dimensions.maxPixels' is 0; use 1 to 2147483647",
                "dimensions | maxPixelsPerByte   | -2    | 'dimensions.maxPixelsPerByte' is -2; use 1 to 1000000",
                "duplicate  | maxHammingDistance | 17    | 'duplicate.maxHammingDistance' is 17; use 0 to 16",
                "duplicate  | maxHammingDistance | 2.5   | 'duplicate.maxHammingDistance' is no whole number; round it",
                "palette    | maxColourShare     | 1.5   | 'palette.maxColourShare' is 1.5; use 0.2 to 1",
                "palette    | minColours         | \"2\" | 'palette.minColours' is no number; use 1 to 5",
                "palette    | minColors          | 2     | 'palette.minColors' is unknown; use weight, maxColourShare, minColours",
                "fileSize   | minBytesPerPixel   | 9     | 'fileSize.minBytesPerPixel' is not below 'maxBytesPerPixel'; lower it",
                "fileSize   | ignoreBytes        | null  | 'fileSize.ignoreBytes' is missing; add it",
                "levels     | medium             | 60    | 'levels.medium' is not below 'high'; lower it"
            })
    void load_wrongValue_saysWhereAndWhat(String section, String key, String value, String refusal) throws IOException {
        JsonObject json = rules();
        json.getJsonObject(section).put(key, new JsonArray("[" + value + "]").getValue(0));

        assertRefused(json, "risk rules: " + refusal);
    }

    @Test
    void load_unknownSection_isRefused() throws IOException {
        assertRefused(
                rules().put("colour", new JsonObject()),
                "risk rules: 'colour' is unknown; use dimensions, duplicate, palette, fileSize, levels");
    }

    @Test
    void load_sectionThatIsNoObject_isRefused() throws IOException {
        assertRefused(rules().put("palette", 3), "risk rules: 'palette' is no object; write one in braces");
    }

    @Test
    void levels_begin_atTheirScore() {
        RiskLevels levels = new RiskLevels(25, 60);

        assertThat(levels.of(24)).isEqualTo(RiskLevel.LOW);
        assertThat(levels.of(25)).isEqualTo(RiskLevel.MEDIUM);
        assertThat(levels.of(60)).isEqualTo(RiskLevel.HIGH);
    }

    private static void assertRefused(JsonObject json, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RiskRules.load(json))
                .withMessage(message);
    }

    private static JsonObject rules() throws IOException {
        try (InputStream in = RiskRules.class.getResourceAsStream("risk-rules.json")) {
            return new JsonObject(new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}

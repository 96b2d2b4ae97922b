// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFactsTest {

    @Test
    void json_throughText_roundTrips() {
        for (ImageFile file : SampleImages.generate(9, 3)) {
            ImageFacts facts = ImageAnalyzer.analyze(file.encoded());
            String text = facts.toJson().encode();
            assertThat(ImageFacts.fromJson(new JsonObject(text)))
                    .isEqualTo(facts)
                    .hasSameHashCodeAs(facts);
        }
    }

    @Test
    void json_inMemory_roundTrips() {
        ImageFacts facts = facts();

        assertThat(ImageFacts.fromJson(facts.toJson().copy())).isEqualTo(facts);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format", "width", "height", "encodedBytes", "decoded", "thumbnail", "perceptualHash", "colours"
            })
    void fromJson_fieldMissing_isNamed(String field) {
        JsonObject json = facts().toJson();
        json.remove(field);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFacts.fromJson(json))
                .withMessageContaining("'" + field + "' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"format", "width", "decoded", "perceptualHash", "colours", "thumbnail"})
    void fromJson_wrongType_isNamed(String field) {
        JsonObject json = facts().toJson().put(field, new JsonArray().add(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImageFacts.fromJson(json))
                .withMessageContaining("'" + field + "'");
    }

    @Test
    void fromJson_outOfRange_isRefused() {
        assertRefused(facts().toJson().put("format", "gif"));
        assertRefused(facts().toJson().put("width", 0));
        assertRefused(facts().toJson().put("encodedBytes", -1));
        assertRefused(facts().toJson().put("thumbnail", "***"));
        assertRefused(facts().toJson().put("colours", new JsonArray().add(new JsonObject().put("hex", "red"))));
        assertRefused(facts().toJson().put("colours", colours("red", 0.5)));
        assertRefused(facts().toJson().put("colours", colours("#ff0000", 1.5)));
    }

    @Test
    void toString_ofFacts_showsNoThumbnail() {
        assertThat(facts().toString()).hasSizeLessThan(500).contains("jpeg");
    }

    private static JsonArray colours(String hex, double share) {
        return new JsonArray().add(new JsonObject().put("hex", hex).put("share", share));
    }

    private static void assertRefused(JsonObject json) {
        assertThatIllegalArgumentException().isThrownBy(() -> ImageFacts.fromJson(json));
    }

    private static ImageFacts facts() {
        return ImageAnalyzer.analyze(SampleImages.generate(1, 3).get(0).encoded());
    }
}

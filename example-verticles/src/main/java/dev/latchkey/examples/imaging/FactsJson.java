// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@link ImageFacts} as JSON. Reading names the field that is wrong, and never shows its content. */
final class FactsJson {

    private FactsJson() {}

    static JsonObject write(ImageFacts facts) {
        return new JsonObject()
                .put("format", facts.format())
                .put("width", facts.width())
                .put("height", facts.height())
                .put("encodedBytes", facts.encodedBytes())
                .put("decoded", facts.decoded())
                .put("thumbnail", facts.thumbnail())
                .put("perceptualHash", PerceptualHash.toHex(facts.perceptualHash()))
                .put("colours", write(facts.colours()));
    }

    private static JsonArray write(List<DominantColour> colours) {
        JsonArray array = new JsonArray();
        colours.forEach(
                colour -> array.add(new JsonObject().put("hex", colour.hex()).put("share", colour.share())));
        return array;
    }

    static ImageFacts read(JsonObject json) {
        return new ImageFacts(
                field("format", json::getString),
                field("width", json::getInteger),
                field("height", json::getInteger),
                field("encodedBytes", json::getInteger),
                field("decoded", json::getBoolean),
                field("thumbnail", json::getBinary),
                PerceptualHash.ofHex(field("perceptualHash", json::getString)),
                readColours(field("colours", json::getJsonArray)));
    }

    private static List<DominantColour> readColours(JsonArray array) {
        return field("colours", name -> array.stream()
                .map(JsonObject.class::cast)
                .map(FactsJson::readColour)
                .toList());
    }

    private static DominantColour readColour(JsonObject json) {
        return new DominantColour(field("hex", json::getString), field("share", json::getDouble));
    }

    private static <T> T field(String name, Function<String, @Nullable T> getter) {
        T value = get(name, getter);
        if (value == null) {
            throw new IllegalArgumentException("image facts: '" + name + "' is missing; send what toJson writes");
        }
        return value;
    }

    private static <T> @Nullable T get(String name, Function<String, @Nullable T> getter) {
        try {
            return getter.apply(name);
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "image facts: '" + name + "' has the wrong type; send what toJson writes", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.DominantColour;
import dev.latchkey.examples.imaging.ImageFacts;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Facts of an ordinary photograph, in which a test changes what it is about. */
final class FactsBuilder {

    private int width = 640;
    private int height = 480;
    private int encodedBytes = 90_000;
    private boolean decoded = true;
    private long hash = 0x0123_4567_89AB_CDEFL;
    private List<DominantColour> colours =
            List.of(new DominantColour("#102030", 0.6), new DominantColour("#a0b0c0", 0.4));

    FactsBuilder size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
        return this;
    }

    FactsBuilder bytes(int newBytes) {
        encodedBytes = newBytes;
        return this;
    }

    FactsBuilder hash(long newHash) {
        hash = newHash;
        return this;
    }

    FactsBuilder colours(DominantColour... newColours) {
        colours = List.of(newColours);
        return this;
    }

    FactsBuilder undecoded() {
        decoded = false;
        colours = List.of();
        return hash(0);
    }

    JsonObject json() {
        return new ImageFacts("png", width, height, encodedBytes, decoded, new byte[0], hash, colours).toJson();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import java.util.Optional;
import java.util.OptionalInt;

/** A header that claims more pixels than anyone should decode, or more than its bytes can hold. */
record DimensionsRule(int weight, long maxPixels, double maxPixelsPerByte) implements RiskRule {

    static DimensionsRule read(RuleSection section) {
        return new DimensionsRule(
                section.weight(),
                section.wholeNumber("maxPixels", 1, Integer.MAX_VALUE),
                section.number("maxPixelsPerByte", 1, 1e6));
    }

    @Override
    public Optional<String> check(ImageFacts facts, OptionalInt nearest) {
        double perByte = (double) facts.pixels() / facts.encodedBytes();
        return RiskRule.finding(
                facts.pixels() > maxPixels || perByte > maxPixelsPerByte,
                "dimensions bomb: %d bytes claim %d x %d pixels",
                facts.encodedBytes(),
                facts.width(),
                facts.height());
    }
}

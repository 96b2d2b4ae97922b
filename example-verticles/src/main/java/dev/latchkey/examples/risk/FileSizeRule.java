// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A file that is far larger than its pixels need, and may carry something else; or far smaller. Files up to
 * {@code ignoreBytes} are never too large: there, headers and colour profiles outweigh the pixels.
 */
record FileSizeRule(int weight, double minBytesPerPixel, double maxBytesPerPixel, int ignoreBytes) implements RiskRule {

    static FileSizeRule read(RuleSection section) {
        FileSizeRule rule = new FileSizeRule(
                section.weight(),
                section.number("minBytesPerPixel", 0, 100),
                section.number("maxBytesPerPixel", 0, 100),
                section.wholeNumber("ignoreBytes", 0, 16 * 1024 * 1024));
        boolean ordered = rule.minBytesPerPixel < rule.maxBytesPerPixel;
        section.require(ordered, "minBytesPerPixel", "is not below 'maxBytesPerPixel'; lower it");
        return rule;
    }

    @Override
    public Optional<String> check(ImageFacts facts, OptionalInt nearest) {
        double perPixel = (double) facts.encodedBytes() / facts.pixels();
        boolean tooLarge = perPixel > maxBytesPerPixel && facts.encodedBytes() > ignoreBytes;
        return RiskRule.finding(
                tooLarge || perPixel < minBytesPerPixel, "file size: %.4f bytes for each pixel", perPixel);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.DominantColour;
import dev.latchkey.examples.imaging.ImageFacts;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A blank picture, or next to one. It says nothing of a picture that was not decoded. */
record PaletteRule(int weight, double maxColourShare, int minColours) implements RiskRule {

    static PaletteRule read(RuleSection section) {
        return new PaletteRule(
                section.weight(), section.number("maxColourShare", 0.2, 1), section.wholeNumber("minColours", 1, 5));
    }

    @Override
    public Optional<String> check(ImageFacts facts, OptionalInt nearest) {
        List<DominantColour> colours = facts.colours();
        return RiskRule.finding(
                facts.decoded() && isPoor(colours),
                "poor palette: %d colours, the first on %.0f %% of the area",
                colours.size(),
                100 * largestShare(colours));
    }

    private boolean isPoor(List<DominantColour> colours) {
        return colours.size() < minColours || largestShare(colours) > maxColourShare;
    }

    private static double largestShare(List<DominantColour> colours) {
        return colours.stream().mapToDouble(DominantColour::share).max().orElse(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import java.util.Optional;
import java.util.OptionalInt;

/** A picture that was there before, perhaps in another size, format or brightness. */
record DuplicateRule(int weight, int maxHammingDistance) implements RiskRule {

    static DuplicateRule read(RuleSection section) {
        // Unrelated pictures are about 32 bits apart: half of that already matches by chance now and then.
        return new DuplicateRule(section.weight(), section.wholeNumber("maxHammingDistance", 0, 16));
    }

    @Override
    public Optional<String> check(ImageFacts facts, OptionalInt nearest) {
        int distance = nearest.orElse(Integer.MAX_VALUE);
        return RiskRule.finding(
                distance <= maxHammingDistance, "duplicate: %d of 64 bits from an earlier picture", distance);
    }
}

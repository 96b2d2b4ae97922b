// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/** One thing to look for. */
interface RiskRule {

    /** What it adds to the score if it is found. */
    int weight();

    /**
     * Looks for it.
     *
     * @param facts the picture
     * @param nearest how many bits lie between it and the most similar earlier picture, if any can be compared
     * @return what was found, for people to read
     */
    Optional<String> check(ImageFacts facts, OptionalInt nearest);

    /** A finding if the condition holds. */
    static Optional<String> finding(boolean found, String format, Object... args) {
        return found ? Optional.of(String.format(Locale.ROOT, format, args)) : Optional.empty();
    }
}

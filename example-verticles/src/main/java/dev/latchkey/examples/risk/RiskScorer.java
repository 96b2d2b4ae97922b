// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import dev.latchkey.examples.imaging.ImageFacts;
import io.vertx.core.json.JsonObject;

/** Scores pictures one after the other, and remembers the latest 4096 to find duplicates. Safe to share. */
public final class RiskScorer {

    private final RiskRules rules;
    private final HashMemory memory = new HashMemory();

    /**
     * Creates a scorer that has seen nothing yet.
     *
     * @param rules what to look for
     */
    public RiskScorer(RiskRules rules) {
        this.rules = rules;
    }

    /**
     * Scores a picture.
     *
     * @param facts as {@link ImageFacts#toJson} writes them
     * @return the verdict
     * @throws IllegalArgumentException if these are no facts
     */
    public RiskReport score(JsonObject facts) {
        ImageFacts picture = ImageFacts.fromJson(facts);
        return rules.judge(picture, memory.nearestThenRemember(picture.perceptualHash()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The verdict on one picture.
 *
 * @param score from 0 to 100
 * @param level what the score amounts to
 * @param reasons one line for each rule that found something
 */
public record RiskReport(int score, RiskLevel level, List<String> reasons) {

    /** The highest score. */
    public static final int MAX_SCORE = 100;

    /** Checks the parts: reports also arrive from other services. */
    public RiskReport {
        if (score < 0 || score > MAX_SCORE) {
            throw new IllegalArgumentException("risk report: the score is " + score + "; use 0 to 100");
        }
        reasons = List.copyOf(reasons);
    }

    /**
     * Reads a report that {@link #toJson} wrote.
     *
     * @param json as it came off the bus
     * @return the report
     * @throws IllegalArgumentException if something is missing or wrong; its message is {@code <problem>; <fix>}
     */
    public static RiskReport fromJson(JsonObject json) {
        try {
            List<String> reasons = json.getJsonArray("reasons").stream()
                    .map(String.class::cast)
                    .toList();
            return new RiskReport(json.getInteger("score"), RiskLevel.ofLabel(json.getString("level")), reasons);
        } catch (ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException(
                    "risk report: a field is missing or of another type; send what toJson writes", e);
        }
    }

    /**
     * Writes the report.
     *
     * @return a new object
     */
    public JsonObject toJson() {
        return new JsonObject().put("score", score).put("level", level.label()).put("reasons", new JsonArray(reasons));
    }
}

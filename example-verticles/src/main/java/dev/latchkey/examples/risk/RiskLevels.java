// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

/** Where medium and high begin. */
record RiskLevels(int medium, int high) {

    static RiskLevels read(RuleSection section) {
        RiskLevels levels = new RiskLevels(
                section.wholeNumber("medium", 1, RiskReport.MAX_SCORE),
                section.wholeNumber("high", 1, RiskReport.MAX_SCORE));
        section.require(levels.medium < levels.high, "medium", "is not below 'high'; lower it");
        return levels;
    }

    RiskLevel of(int score) {
        if (score >= high) {
            return RiskLevel.HIGH;
        }
        return score >= medium ? RiskLevel.MEDIUM : RiskLevel.LOW;
    }
}

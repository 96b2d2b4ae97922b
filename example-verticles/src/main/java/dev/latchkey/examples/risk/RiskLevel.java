// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import java.util.Locale;

/** How much attention a picture deserves. */
public enum RiskLevel {
    /** Nothing, or next to nothing, was found. */
    LOW,
    /** Worth a look. */
    MEDIUM,
    /** Not to be let through. */
    HIGH;

    /**
     * The name in JSON and in print.
     *
     * @return small letters
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RiskLevel ofLabel(String label) {
        for (RiskLevel level : values()) {
            if (level.label().equals(label)) {
                return level;
            }
        }
        throw new IllegalArgumentException("risk report: the level is unknown; use 'low', 'medium' or 'high'");
    }
}

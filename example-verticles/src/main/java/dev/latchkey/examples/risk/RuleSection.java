// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.risk;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Set;
import java.util.TreeSet;

/**
 * One object of the rules file. Each refusal reads {@code risk rules: <place> <problem>; <fix>}, and a key that nobody
 * asked for is a problem too: a misspelt limit would otherwise go unnoticed.
 */
final class RuleSection {

    private static final int MAX_WEIGHT = RiskReport.MAX_SCORE;

    private final String place;
    private final JsonObject json;

    private RuleSection(String place, JsonObject json) {
        this.place = place;
        this.json = json;
    }

    static RuleSection root(JsonObject json) {
        return new RuleSection("", json);
    }

    RuleSection section(String key) {
        if (value(key) instanceof JsonObject section) {
            return new RuleSection(place + key + ".", section);
        }
        throw refusal(key, "is no object; write one in braces");
    }

    int weight() {
        return wholeNumber("weight", 0, MAX_WEIGHT);
    }

    int wholeNumber(String key, int min, int max) {
        double number = number(key, min, max);
        require(number == Math.rint(number), key, "is no whole number; round it");
        return (int) number;
    }

    double number(String key, double min, double max) {
        if (!(value(key) instanceof Number number)) {
            throw refusal(key, "is no number; " + range(min, max));
        }
        require(
                number.doubleValue() >= min && number.doubleValue() <= max,
                key,
                "is " + number + "; " + range(min, max));
        return number.doubleValue();
    }

    void require(boolean right, String key, String problemAndFix) {
        if (!right) {
            throw refusal(key, problemAndFix);
        }
    }

    /** Call it with every key that was asked for. */
    RuleSection allowOnly(String... keys) {
        Set<String> surplus = new TreeSet<>(json.fieldNames());
        surplus.removeAll(Set.of(keys));
        surplus.stream().findFirst().ifPresent(key -> {
            throw refusal(key, "is unknown; use " + String.join(", ", keys));
        });
        return this;
    }

    private Object value(String key) {
        Object value = json.getValue(key);
        if (value == null) {
            throw refusal(key, "is missing; add it");
        }
        return value;
    }

    private IllegalArgumentException refusal(String key, String problemAndFix) {
        return new IllegalArgumentException("risk rules: '" + place + key + "' " + problemAndFix);
    }

    private static String range(double min, double max) {
        return "use " + plain(min) + " to " + plain(max);
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}

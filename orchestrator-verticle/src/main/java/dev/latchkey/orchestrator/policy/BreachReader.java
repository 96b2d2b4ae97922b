// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads the section {@code breach}. */
final class BreachReader {
    static final String KEY = "breach";

    private static final String COUNT = "count";
    private static final String REPORTERS = "reporters";
    private static final String ACTION = "action";
    private static final List<String> KEYS =
            List.of(COUNT, TimeSetting.WINDOW.key(), REPORTERS, ACTION, TimeSetting.QUARANTINE.key());
    private static final List<String> ACTIONS =
            Arrays.stream(BreachAction.values()).map(BreachAction::toString).toList();

    private BreachReader() {}

    /** That of a file, and the standard for what it leaves out. */
    static BreachPolicy read(Section file) {
        return file.find(KEY).map(BreachReader::read).orElseGet(BreachPolicy::standard);
    }

    private static BreachPolicy read(Located where) {
        Section section = Section.of(where, KEYS);
        BreachPolicy standard = BreachPolicy.standard();
        return new BreachPolicy(
                number(section, COUNT, BreachPolicy.MAX_COUNT, standard.count()),
                TimeSetting.WINDOW.read(section, standard.window()),
                number(section, REPORTERS, BreachPolicy.MAX_REPORTERS, standard.reporters()),
                section.find(ACTION).flatMap(BreachReader::action).orElse(standard.action()),
                TimeSetting.QUARANTINE.read(section, standard.quarantineFor()));
    }

    private static int number(Section section, String key, int most, int standard) {
        return section.find(key).flatMap(where -> number(where, key, most)).orElse(standard);
    }

    private static Optional<Integer> number(Located where, String key, int most) {
        return where.text(text -> requireNumber(text, key, most))
                .filter(text -> isNumber(text, most))
                .map(Integer::valueOf);
    }

    private static void requireNumber(String text, String key, int most) {
        if (!isNumber(text, most)) {
            throw new IllegalArgumentException(
                    key + " " + Quote.of(text) + " is not from 1 to " + most + "; write a whole number in that range");
        }
    }

    private static boolean isNumber(String text, int most) {
        return text.matches("[1-9][0-9]{0,3}") && Integer.parseInt(text) <= most;
    }

    private static Optional<BreachAction> action(Located where) {
        Optional<String> text = where.text();
        Optional<BreachAction> action = text.flatMap(BreachReader::named);
        if (action.isEmpty()) {
            text.ifPresent(wrong -> where.refuse(Quote.of(wrong) + " is no action; "
                    + Nearest.to(wrong, ACTIONS).orElse("write one of " + String.join(", ", ACTIONS))));
        }
        return action;
    }

    private static Optional<BreachAction> named(String text) {
        return Arrays.stream(BreachAction.values())
                .filter(action -> action.toString().equals(text))
                .findFirst();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Nearest;
import java.util.List;
import java.util.Optional;

/** A setting that is true or false, and false where a file does not say. */
final class FlagSetting {
    /** Whether a request of an operation may run twice. */
    static final String IDEMPOTENT = "idempotent";

    private static final List<String> VALUES = List.of("true", "false");

    private FlagSetting() {}

    /** The value in a section; one that was refused reads as false. */
    static boolean read(Section section, String key) {
        return section.find(key).flatMap(FlagSetting::parse).orElse(false);
    }

    private static Optional<Boolean> parse(Located where) {
        Optional<String> text = where.text();
        text.filter(wrong -> !VALUES.contains(wrong))
                .ifPresent(wrong -> where.refuse(Quote.of(wrong) + " is neither true nor false; " + fix(wrong)));
        return text.map("true"::equals);
    }

    private static String fix(String wrong) {
        return Nearest.to(wrong, VALUES).orElse("write one of " + String.join(", ", VALUES));
    }
}

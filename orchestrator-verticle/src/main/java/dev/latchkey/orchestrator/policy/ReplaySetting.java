// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.eventbus.policy.ReplayScope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The replay scope that a policy sets. */
final class ReplaySetting {
    static final String KEY = "replay";

    private static final List<String> NAMES =
            Arrays.stream(ReplayScope.values()).map(ReplayScope::toString).toList();

    private ReplaySetting() {}

    /** The value in a section, or the fallback if it is not there or refused. */
    static ReplayScope read(Section section, ReplayScope fallback) {
        return section.find(KEY).flatMap(ReplaySetting::parse).orElse(fallback);
    }

    private static Optional<ReplayScope> parse(Located where) {
        Optional<String> text = where.text();
        if (text.isPresent() && !NAMES.contains(text.get())) {
            where.refuse(Quote.of(text.get()) + " is no replay scope; " + fix(text.get()));
            return Optional.empty();
        }
        return text.map(ReplayScope::named);
    }

    private static String fix(String wrong) {
        return Nearest.to(wrong, NAMES).orElse("write one of " + String.join(", ", NAMES));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Nearest;
import java.util.List;
import java.util.Optional;

/** A mode that a policy sets, and which modes it may be. */
enum ModeSetting {

    /** The mode of an operation, or of a part of it. */
    OPERATION("mode", "mode", List.of(Mode.values())),

    /** The mode of addresses outside of every operation. Nothing could seal there: no provider has a key. */
    UNLISTED("unlisted", "mode of addresses outside of every operation", List.of(Mode.OFF, Mode.OBSERVE));

    private final String key;
    private final String meaning;
    private final List<Mode> allowed;

    ModeSetting(String key, String meaning, List<Mode> allowed) {
        this.key = key;
        this.meaning = meaning;
        this.allowed = allowed;
    }

    /** The name of the setting in a file. */
    String key() {
        return key;
    }

    /** The value in a section, or the fallback if it is not there or refused. */
    Mode read(Section section, Mode fallback) {
        return section.find(key).flatMap(this::parse).orElse(fallback);
    }

    /** The mode that a value names; another text is reported. */
    Optional<Mode> parse(Located where) {
        Optional<String> text = where.text();
        Optional<Mode> mode = text.flatMap(this::named);
        if (mode.isEmpty()) {
            text.ifPresent(wrong -> where.refuse(Quote.of(wrong) + " is no " + meaning + "; " + fix(wrong)));
        }
        return mode;
    }

    private Optional<Mode> named(String text) {
        return allowed.stream().filter(mode -> mode.toString().equals(text)).findFirst();
    }

    private String fix(String wrong) {
        List<String> names = allowed.stream().map(Mode::toString).toList();
        return Nearest.to(wrong, names).orElse("write one of " + String.join(", ", names));
    }
}

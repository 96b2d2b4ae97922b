// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Nearest;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A mapping with a fixed set of keys.
 *
 * @param where the mapping itself
 * @param entries its values by their keys
 */
record Section(Located where, Map<String, Located> entries) {

    /** Reads a mapping and reports every key that is none of the known ones. */
    static Section of(Located where, List<String> known) {
        Section section = new Section(where, where.entries());
        section.entries.forEach((key, value) -> checkKnown(key, value, known));
        return section;
    }

    /** The value of a key, if it has one. */
    Optional<Located> find(String key) {
        return Optional.ofNullable(entries.get(key)).filter(value -> !value.isEmpty());
    }

    /** The value of a key; its lack is reported with the given fix. */
    Optional<Located> require(String key, String fix) {
        Optional<Located> value = find(key);
        if (value.isEmpty()) {
            refuseLack(key, fix);
        }
        return value;
    }

    /** The texts of a list, none if there is no such key. */
    Map<String, Located> texts(String key) {
        return find(key).map(Located::texts).orElse(Map.of());
    }

    private void refuseLack(String key, String fix) {
        Located empty = entries.get(key);
        if (empty == null) {
            where.refuse(key, "this key is missing; " + fix);
        } else {
            empty.refuse("this key has no value; " + fix);
        }
    }

    private static void checkKnown(String key, Located value, List<String> known) {
        if (!known.contains(key)) {
            value.refuse("unknown key " + Quote.of(key) + "; "
                    + Nearest.to(key, known).orElse("use one of " + String.join(", ", known)));
        }
    }
}

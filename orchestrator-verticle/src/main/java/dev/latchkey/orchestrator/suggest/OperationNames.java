// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Names for operations, made of their addresses; no two are the same. */
final class OperationNames {
    private static final int MAX_LENGTH = 63;

    private final Set<String> taken;

    OperationNames(Collection<String> taken) {
        this.taken = new HashSet<>(taken);
    }

    /** The name of an address or pattern, such as {@code image_process} of {@code image.process.*}. */
    String of(String address) {
        String name = cut(derived(address), MAX_LENGTH);
        String unique = name;
        for (int number = 2; !taken.add(unique); number++) {
            String suffix = "_" + number;
            unique = cut(name, MAX_LENGTH - suffix.length()) + suffix;
        }
        return unique;
    }

    private static String derived(String address) {
        String words = address.replaceAll("([a-z0-9])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "_")
                .replaceAll("^_|_$", "");
        return words.isEmpty() || !isLetter(words.charAt(0)) ? "op_" + words : words;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static String cut(String name, int length) {
        return name.length() <= length ? name : name.substring(0, length);
    }
}

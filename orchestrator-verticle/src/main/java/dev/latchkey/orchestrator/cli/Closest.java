// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses which name somebody meant: most typing errors leave the beginning and the end of a name as they were. */
final class Closest {
    private Closest() {}

    /** The name that shares most with the text, if that is at least half of it. */
    static Optional<String> to(String text, Collection<String> names) {
        return names.stream()
                .filter(name -> 2 * shared(text, name) >= Math.max(text.length(), name.length()))
                .max(Comparator.comparingInt(name -> shared(text, name)));
    }

    private static int shared(String one, String two) {
        int most = Math.min(one.length(), two.length());
        int begin = 0;
        while (begin < most && one.charAt(begin) == two.charAt(begin)) {
            begin++;
        }
        int end = 0;
        while (end < most - begin && one.charAt(one.length() - 1 - end) == two.charAt(two.length() - 1 - end)) {
            end++;
        }
        return begin + end;
    }
}

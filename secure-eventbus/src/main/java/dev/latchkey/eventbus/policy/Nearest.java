// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Guesses what somebody meant to write. */
public final class Nearest {

    private Nearest() {}

    /** A question such as {@code did you mean 'provides'?}, unless no name is near. */
    public static Optional<String> to(String text, Collection<String> names) {
        int tolerance = (text.length() + 2) / 3;
        return names.stream()
                .filter(name -> Math.abs(name.length() - text.length()) <= tolerance)
                .filter(name -> distance(text, name) <= tolerance)
                .min(Comparator.comparingInt(name -> distance(text, name)))
                .map(name -> "did you mean '" + name + "'?");
    }

    /** How many characters must be inserted, removed or replaced to make one of the other, in whatever case. */
    static int distance(String one, String two) {
        return levenshtein(one.toLowerCase(Locale.ROOT), two.toLowerCase(Locale.ROOT));
    }

    private static int levenshtein(String one, String two) {
        int[] row = firstRow(two.length());
        for (int i = 1; i <= one.length(); i++) {
            row = nextRow(row, one.charAt(i - 1), two);
        }
        return row[two.length()];
    }

    private static int[] firstRow(int length) {
        int[] row = new int[length + 1];
        Arrays.setAll(row, j -> j);
        return row;
    }

    private static int[] nextRow(int[] above, char c, String two) {
        int[] row = new int[above.length];
        row[0] = above[0] + 1;
        for (int j = 1; j < row.length; j++) {
            int replaced = above[j - 1] + (c == two.charAt(j - 1) ? 0 : 1);
            row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
        }
        return row;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Text that means in YAML what it says, and looks like what it is. */
final class YamlText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*|[0-9]+(ms|s|m|h|d)");
    private static final Set<String> WORDS = Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n");
    private static final Pattern SIMPLE = Pattern.compile("[ -~&&[^']]*");

    private YamlText() {}

    /** A value or a key, quoted where YAML would else read something different. */
    static String scalar(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        return SIMPLE.matcher(text).matches() ? "'" + text + "'" : "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return visible(text.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** One line of a comment: whatever could end it, or hide, is written as an escape. */
    static String visible(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(c -> visible.append(visible(c)));
        return visible.toString();
    }

    private static String visible(int c) {
        boolean harmless = (c >= ' ' && c <= '~') || (c < 0x10000 && Character.isLetterOrDigit(c));
        return harmless ? Character.toString(c) : String.format(c < 0x10000 ? "\\u%04X" : "\\U%08X", c);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

/** Makes text from a file fit for a message. */
final class Quote {

    private static final int MAX_LENGTH = 80;

    private Quote() {}

    /** The text in quotes, cut if it is very long. */
    static String of(String text) {
        return "'" + shorten(text) + "'";
    }

    static String shorten(String text) {
        return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "...";
    }

    /** The text with every invisible character but the plain space as an escape. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        text.chars().forEach(c -> escaped.append(visible((char) c)));
        return escaped.toString();
    }

    private static String visible(char c) {
        return isHarmless(c) ? String.valueOf(c) : String.format("\\u%04X", (int) c);
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}

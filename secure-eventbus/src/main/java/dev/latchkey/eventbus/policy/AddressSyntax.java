// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

/**
 * What the text of an {@link AddressPattern} may look like.
 *
 * <p>Each refusal reads {@code <problem>; <fix>}. Characters are checked before anything else, so that no message
 * repeats a control character into a log.
 */
final class AddressSyntax {

    private static final String VERTX_PREFIX = "__vertx";
    private static final String LATCHKEY_PREFIX = "latchkey.";

    private AddressSyntax() {}

    static void check(String text) {
        checkLength(text);
        checkCharacters(text);
        checkDots(text);
        checkWildcards(text);
        checkReserved(text);
    }

    static boolean isReserved(String address) {
        return address.startsWith(VERTX_PREFIX) || address.startsWith(LATCHKEY_PREFIX);
    }

    private static void checkLength(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(
                    "the address is empty; write one such as 'image.process' or 'image.process.*'");
        }
        if (text.length() > AddressPattern.MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "the address has " + text.length() + " characters; use at most " + AddressPattern.MAX_LENGTH);
        }
    }

    private static void checkCharacters(String text) {
        for (int at = 0; at < text.length(); at += Character.charCount(text.codePointAt(at))) {
            checkCharacter(text.codePointAt(at));
        }
    }

    private static void checkCharacter(int codePoint) {
        if (!isVisible(codePoint)) {
            throw new IllegalArgumentException(
                    String.format("the address contains the invisible character U+%04X; remove it", codePoint));
        }
    }

    private static boolean isVisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    private static void checkDots(String text) {
        if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
            throw refusal(text, " has an empty segment; put single dots between names, none at the ends");
        }
    }

    /** Segment by segment, without cutting the text up: it may have as many segments as it has characters. */
    private static void checkWildcards(String text) {
        int end = 0;
        for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', end)) {
            int dot = text.indexOf('.', star);
            end = dot < 0 ? text.length() : dot;
            checkWildcard(text, text.lastIndexOf('.', star) + 1, end);
        }
    }

    /** Checks a segment that contains a star. */
    private static void checkWildcard(String text, int start, int end) {
        boolean many = text.startsWith(AddressPattern.MANY, start) && end == start + AddressPattern.MANY.length();
        boolean one = end == start + AddressPattern.ONE.length();
        if (!many && !one) {
            throw refusal(text, " mixes '*' with other characters; let '*' or '**' stand for whole segments");
        }
        if (many && end < text.length()) {
            throw refusal(text, " has '**' before its end; use '*' there, '**' only as last segment");
        }
    }

    private static void checkReserved(String text) {
        if (isReserved(text)) {
            throw refusal(
                    text,
                    " is reserved ('__vertx' belongs to Vert.x, 'latchkey.' to Latchkey); choose another first segment");
        }
    }

    private static IllegalArgumentException refusal(String text, String problemAndFix) {
        return new IllegalArgumentException("'" + text + "'" + problemAndFix);
    }
}

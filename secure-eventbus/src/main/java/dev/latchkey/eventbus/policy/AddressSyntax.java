// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.function.Supplier;

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
        text.codePoints().forEach(AddressSyntax::checkCharacter);
        checkDots(text);
        checkWildcards(text);
        checkReserved(text);
    }

    static boolean isReserved(String address) {
        return address.startsWith(VERTX_PREFIX) || address.startsWith(LATCHKEY_PREFIX);
    }

    private static void checkLength(String text) {
        refuseIf(text.isEmpty(), () -> "the address is empty; write one such as 'image.process' or 'image.process.*'");
        refuseIf(
                text.length() > AddressPattern.MAX_LENGTH,
                () -> "the address has " + text.length() + " characters; use at most " + AddressPattern.MAX_LENGTH);
    }

    private static void checkCharacter(int codePoint) {
        // Formatted only where it is needed: most characters are fine.
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
        boolean emptySegment = text.startsWith(".") || text.endsWith(".") || text.contains("..");
        refuseIf(
                emptySegment,
                () -> "'" + text + "' has an empty segment; put single dots between names, none at the ends");
    }

    private static void checkWildcards(String text) {
        String[] segments = text.split("\\.", -1);
        for (int i = 0; i < segments.length; i++) {
            checkWildcard(text, segments[i], i == segments.length - 1);
        }
    }

    private static void checkWildcard(String text, String segment, boolean last) {
        boolean many = segment.equals(AddressPattern.MANY);
        boolean mixed = segment.indexOf('*') >= 0 && !many && !segment.equals(AddressPattern.ONE);
        refuseIf(
                mixed,
                () -> "'" + text + "' mixes '*' with other characters; let '*' or '**' stand for whole segments");
        refuseIf(
                many && !last,
                () -> "'" + text + "' has '**' before its end; use '*' there, '**' only as last segment");
    }

    private static void checkReserved(String text) {
        refuseIf(
                isReserved(text),
                () -> "'" + text + "' is reserved ('__vertx' belongs to Vert.x, 'latchkey.' to Latchkey);"
                        + " choose another first segment");
    }

    /** The reason is made only where it is told: each repeats the text, and a text has many segments. */
    private static void refuseIf(boolean wrong, Supplier<String> reason) {
        if (wrong) {
            throw new IllegalArgumentException(reason.get());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

/** The text of a join token: a prefix, by which people and scanners of secrets know one when they see it, and a JWT. */
public final class JoinTokenText {
    /** What its first segment is. */
    public static final String PREFIX = "lkj1";

    private static final String BEGINNING = PREFIX + ".";

    private JoinTokenText() {}

    /** The text for a JWT. */
    public static String of(String jwt) {
        return BEGINNING + jwt;
    }

    /** True when the text says that it is a join token. */
    public static boolean isOne(String text) {
        return text.startsWith(BEGINNING);
    }

    /** The JWT in the text, or all of the text when it is no join token. */
    public static String jwt(String text) {
        return isOne(text) ? text.substring(BEGINNING.length()) : text;
    }
}

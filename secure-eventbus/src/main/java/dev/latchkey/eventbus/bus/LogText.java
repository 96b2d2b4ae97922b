// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

/** Text that somebody else chose, cut and cleaned so that it can be logged. */
final class LogText {
    private static final int MAX_LENGTH = 80;

    private LogText() {}

    static String of(String text) {
        String cut = text.length() > MAX_LENGTH ? text.substring(0, MAX_LENGTH) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}

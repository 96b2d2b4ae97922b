// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.remote;

/** Makes text of others fit for a terminal: what would move its cursor or change its colours is written as an escape. */
public final class Printable {
    private Printable() {}

    /** The text with every invisible character but the plain space as an escape. */
    public static String of(String text) {
        StringBuilder printable = new StringBuilder(text.length());
        text.chars().forEach(c -> printable.append(visible((char) c)));
        return printable.toString();
    }

    private static String visible(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                String.format("\\u%04X", (int) c);
            default -> String.valueOf(c);
        };
    }
}

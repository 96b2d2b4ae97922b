// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.util.HexFormat;

/** Sixteen bytes a line: offset, hex with a gap in the middle, ASCII with dots for the rest. */
final class HexDump {

    private static final int PER_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();

    private HexDump() {}

    static String of(byte[] bytes, int max) {
        int shown = Math.min(bytes.length, max);
        StringBuilder dump = new StringBuilder();
        for (int at = 0; at < shown; at += PER_LINE) {
            line(dump, bytes, at, Math.min(at + PER_LINE, shown));
        }
        return more(dump, bytes.length - shown).toString();
    }

    private static void line(StringBuilder dump, byte[] bytes, int from, int to) {
        dump.append(HEX.toHexDigits(from)).append("  ");
        for (int i = from; i < from + PER_LINE; i++) {
            dump.append(i < to ? HEX.toHexDigits(bytes[i]) : "  ").append(i == from + 7 ? "  " : " ");
        }
        dump.append(" |").append(ascii(bytes, from, to)).append("|\n");
    }

    private static String ascii(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
        }
        return text.toString();
    }

    private static StringBuilder more(StringBuilder dump, int count) {
        return count > 0 ? dump.append("... ").append(count).append(" more bytes\n") : dump;
    }
}

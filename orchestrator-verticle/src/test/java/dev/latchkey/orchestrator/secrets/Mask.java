// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.secrets;

import java.util.HexFormat;

/** Tells a secret to another JVM without leaving a copy of it in the heap of this one. */
public final class Mask {
    private static final int MASK = 0x5A;
    private static final HexFormat HEX = HexFormat.of();

    private Mask() {}

    /** Hex of the masked bytes; the array stays as it is. */
    public static String of(byte[] secret) {
        StringBuilder masked = new StringBuilder(2 * secret.length);
        for (byte b : secret) {
            HEX.toHexDigits(masked, (byte) (b ^ MASK));
        }
        return masked.toString();
    }

    static byte[] undo(String masked) {
        byte[] bytes = HEX.parseHex(masked);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] ^= MASK;
        }
        return bytes;
    }
}

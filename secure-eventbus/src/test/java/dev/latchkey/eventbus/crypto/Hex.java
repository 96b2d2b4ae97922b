// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Bytes as the RFCs print them. */
final class Hex {
    private Hex() {}

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static String of(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String of(SecretBytes secret) {
        return secret.lend(Hex::of);
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Returns a copy with one bit of one byte turned. */
    static byte[] tampered(byte[] bytes, int index) {
        byte[] copy = bytes.clone();
        copy[index] ^= 1;
        return copy;
    }
}

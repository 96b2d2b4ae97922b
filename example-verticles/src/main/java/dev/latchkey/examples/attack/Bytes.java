// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.nio.charset.StandardCharsets;

/** Looks for bytes in bytes. */
final class Bytes {
    private Bytes() {}

    static boolean contain(byte[] bytes, byte[] part) {
        return new String(bytes, StandardCharsets.ISO_8859_1).contains(new String(part, StandardCharsets.ISO_8859_1));
    }
}

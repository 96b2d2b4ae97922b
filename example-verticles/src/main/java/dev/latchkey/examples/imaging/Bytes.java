// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.Arrays;

/** Cutting and joining. */
final class Bytes {

    private Bytes() {}

    static byte[] concat(byte[]... parts) {
        byte[] joined =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    static byte[] insert(byte[] into, int at, byte[] part) {
        return concat(Arrays.copyOf(into, at), part, Arrays.copyOfRange(into, at, into.length));
    }
}

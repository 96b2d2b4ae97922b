// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

/** Looks into plaintexts. */
public final class Plaintexts {
    private Plaintexts() {}

    /** The bytes of a plaintext, which is closed. */
    public static byte[] bytes(Plaintext plaintext) {
        try (plaintext) {
            return plaintext.buffer().getBytes();
        }
    }
}

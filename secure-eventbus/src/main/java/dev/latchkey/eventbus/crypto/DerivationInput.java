// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The key schedule's input: {@code len16(seed) || seed || len16(op) || op || u64(timestamp)}, big-endian.
 *
 * <p>Every variable part carries its length, so two different triples never have one encoding. Plain concatenation
 * would give ("ab","c") and ("a","bc") the same keys.
 */
final class DerivationInput {
    private static final int MAX_PART = 0xFFFF;

    private DerivationInput() {}

    /** Encodes the triple; the result is a secret because the seed is in it. */
    static SecretBytes of(SecretBytes seed, String operation, long timestampMillis) {
        byte[] op = encode(operation);
        return seed.lend(bytes -> SecretBytes.taking(join(bytes, op, timestampMillis)));
    }

    private static byte[] join(byte[] seed, byte[] op, long timestampMillis) {
        ByteBuffer out = ByteBuffer.allocate(Short.BYTES + seed.length + Short.BYTES + op.length + Long.BYTES);
        putPart(out, seed);
        putPart(out, op);
        return out.putLong(timestampMillis).array();
    }

    private static void putPart(ByteBuffer out, byte[] part) {
        if (part.length == 0 || part.length > MAX_PART) {
            throw new IllegalArgumentException("seed or operation is empty or longer than 65535 bytes");
        }
        out.putShort((short) part.length).put(part);
    }

    // Strict: String.getBytes would turn every lone surrogate into '?', and so let two operations share keys.
    private static byte[] encode(String operation) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(operation));
            byte[] out = new byte[utf8.remaining()];
            utf8.get(out);
            return out;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("operation is not valid Unicode", e);
        }
    }
}

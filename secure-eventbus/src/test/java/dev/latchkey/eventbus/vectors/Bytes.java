// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Bytes of vectors, and the two formulas of the page that the product only applies with random salts or secrets inside. */
final class Bytes {
    private static final int TAG_LENGTH = 16;

    private Bytes() {}

    /** Bytes that count upwards: nobody takes them for a true key. */
    static byte[] counting(int first, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (first + i);
        }
        return bytes;
    }

    static SecretBytes secret(byte[] bytes) {
        return SecretBytes.copyOf(bytes);
    }

    static SecretBytes secret(JsonObject vector, String member) {
        return secret(of(vector, member));
    }

    static byte[] of(JsonObject vector, String member) {
        return HexFormat.of().parseHex(vector.getString(member));
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    static String hex(SecretBytes secret) {
        return hex(secret.copy());
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] hkdf(byte[] ikm, String salt, String info) {
        return Hkdf.derive(ikm, text(salt), text(info), 32);
    }

    /** {@code salt || ciphertext || tag}. */
    static byte[] box(byte[] secret, String purpose, byte[] salt, byte[] aad, byte[] plain) {
        SealingKey key = new SealingKey(secret(Hkdf.derive(secret, salt, text("latchkey/1 box " + purpose), 32)));
        byte[] sealed = Arrays.copyOf(salt, salt.length + plain.length + TAG_LENGTH);
        key.seal(key.claim(), aad, aad.length, plain, 0, plain.length, sealed, salt.length);
        return sealed;
    }

    /** {@code u32 length || JSON || secret ...}. */
    static byte[] secretTail(JsonObject json, byte[]... secrets) {
        byte[] text = text(json.encode());
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + text.length + secrets.length * 32);
        out.putInt(text.length).put(text);
        for (byte[] secret : secrets) {
            out.put(secret);
        }
        return out.array();
    }
}

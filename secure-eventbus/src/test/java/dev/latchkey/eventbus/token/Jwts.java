// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** JWTs made by hand, as an attacker would. */
final class Jwts {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private Jwts() {}

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static String encode(String text) {
        return encode(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static String signed(SigningKey key, String header, String payload) {
        String input = encode(header) + "." + encode(payload);
        return input + "." + encode(key.sign(ascii(input)));
    }

    static String signed(SigningKey key, JsonObject header, JsonObject claims) {
        return signed(key, header.encode(), claims.encode());
    }

    static JsonObject claims(String compact) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(segment(compact, 1))));
    }

    static String segment(String compact, int index) {
        return compact.split("\\.", -1)[index];
    }

    /** The text with one character changed, in its highest bit where it stands for bits. */
    static String changedAt(String compact, int position) {
        int value = ALPHABET.indexOf(compact.charAt(position));
        char other = value < 0 ? 'A' : ALPHABET.charAt(value ^ 0x20);
        return compact.substring(0, position) + other + compact.substring(position + 1);
    }
}

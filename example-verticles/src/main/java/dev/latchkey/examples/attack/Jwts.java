// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;

/** A JWT taken apart, changed in one place, and put together again. */
final class Jwts {
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private Jwts() {}

    static JsonObject claims(String jwt) {
        return part(jwt, 1);
    }

    static JsonObject header(String jwt) {
        return part(jwt, 0);
    }

    private static JsonObject part(String jwt, int part) {
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(jwt.split("\\.", -1)[part])));
    }

    /** The same with other claims, signed anew by a key. */
    static String withClaims(String jwt, UnaryOperator<JsonObject> change, SigningKey key) {
        return signed(header(jwt), change.apply(claims(jwt)), key);
    }

    /** The same with another header, signed anew by a key. */
    static String withHeader(String jwt, UnaryOperator<JsonObject> change, SigningKey key) {
        return signed(change.apply(header(jwt)), claims(jwt), key);
    }

    private static String signed(JsonObject header, JsonObject claims, SigningKey key) {
        String input = input(header, claims);
        return input + "." + ENCODER.encodeToString(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    /** What a signature is made over. */
    static String input(JsonObject header, JsonObject claims) {
        return encode(header) + "." + encode(claims);
    }

    static String encode(byte[] signature) {
        return ENCODER.encodeToString(signature);
    }

    private static String encode(JsonObject json) {
        return ENCODER.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}

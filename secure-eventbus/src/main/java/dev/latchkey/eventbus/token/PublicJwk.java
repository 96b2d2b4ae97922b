// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** An Ed25519 public key as a JSON Web Key (RFC 8037, section 2). */
public final class PublicJwk {
    private static final int KEY_ID_DIGITS = 16;

    private PublicJwk() {}

    /** The key as JSON, with its id, use and algorithm. */
    public static JsonObject of(VerifyingKey key) {
        return new JsonObject()
                .put("kty", "OKP")
                .put("crv", "Ed25519")
                .put("x", Base64.getUrlEncoder().withoutPadding().encodeToString(key.encoded()))
                .put("kid", keyId(key))
                .put("use", "sig")
                .put("alg", "EdDSA");
    }

    /** The id that a JWT names its key by: the first 64 bits of the key's fingerprint. */
    public static String keyId(VerifyingKey key) {
        return key.fingerprint().substring(0, KEY_ID_DIGITS);
    }

    /**
     * Reads a key, and checks that it is one that Latchkey would have written: Ed25519, for signatures, with the id that
     * its bytes give it.
     *
     * @throws IllegalArgumentException naming the member that is wrong
     */
    public static VerifyingKey read(JsonObject jwk) {
        require(jwk, "kty", "OKP");
        require(jwk, "crv", "Ed25519");
        VerifyingKey key = key(jwk.getValue("x"));
        require(jwk, "kid", keyId(key));
        return key;
    }

    private static VerifyingKey key(@Nullable Object x) {
        try {
            return VerifyingKey.of(Base64.getUrlDecoder().decode(String.valueOf(x)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("x must be an Ed25519 public key in base64url", e);
        }
    }

    private static void require(JsonObject jwk, String member, String value) {
        if (!value.equals(jwk.getValue(member))) {
            throw new IllegalArgumentException(member + " must be " + value);
        }
    }
}

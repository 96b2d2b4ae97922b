// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Signs claims as a JWT with {@code alg} EdDSA (RFC 8037, section 3.1) and an explicit type (RFC 8725, section 3.11).
 *
 * <p>Not vertx-auth-jwt, because it would need the private key as text in a {@link JsonObject}, where it cannot be erased, and where a
 * key in an HSM can never be. Thread-safe.
 */
public final class JwtSigner {
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    private final SigningKey key;
    private final String header;

    /**
     * A signer for one type of JWT.
     *
     * @param type the {@code typ} header, one of {@link JwtType}'s
     */
    public JwtSigner(SigningKey key, JwtType type) {
        this.key = key;
        this.header = encode(new JsonObject()
                .put("typ", type.headerValue())
                .put("alg", "EdDSA")
                .put("kid", PublicJwk.keyId(key.verifyingKey())));
    }

    /** The compact form (RFC 7515, section 7.1). */
    public String sign(JsonObject claims) {
        String signingInput = header + "." + encode(claims);
        byte[] signature = key.sign(signingInput.getBytes(StandardCharsets.US_ASCII));
        return signingInput + "." + BASE64URL.encodeToString(signature);
    }

    private static String encode(JsonObject json) {
        return BASE64URL.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }
}

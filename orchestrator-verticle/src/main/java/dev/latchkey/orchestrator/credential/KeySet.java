// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.StrictJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer signs with at present (RFC 7517, section 5), by their ids. Immutable. */
final class KeySet {
    private static final int MAX_KEYS = 64;
    private static final int MAX_ID_LENGTH = 256;

    private final Map<String, SignatureKey> keys;

    private KeySet(Map<String, SignatureKey> keys) {
        this.keys = Map.copyOf(keys);
    }

    /**
     * Reads a key set. Keys for another use or of another algorithm are left out, as RFC 7517, section 5, asks.
     *
     * @throws CredentialException when it cannot be read, has a key that is not sound, an id twice, or no key to use
     */
    static KeySet read(byte[] json) throws CredentialException {
        JsonArray jwks = jwks(json);
        ClaimRules.require(jwks.size() <= MAX_KEYS, "the key set has more than " + MAX_KEYS + " keys");
        Map<String, SignatureKey> keys = new HashMap<>();
        for (Object jwk : jwks) {
            if (jwk instanceof JsonObject key && isForSignatures(key)) {
                ClaimRules.require(keys.put(id(key), SignatureKey.of(key)) == null, "the key set has an id twice");
            }
        }
        ClaimRules.require(!keys.isEmpty(), "the key set has no key for RS256 or ES256");
        return new KeySet(keys);
    }

    private static JsonArray jwks(byte[] json) throws CredentialException {
        try {
            if (StrictJson.object(json).getValue("keys") instanceof JsonArray jwks) {
                return jwks;
            }
        } catch (JwtException e) {
            throw new CredentialException("the key set is " + e.getMessage());
        }
        throw new CredentialException("the key set has no array 'keys'");
    }

    private static boolean isForSignatures(JsonObject jwk) {
        return "sig".equals(jwk.getValue("use", "sig")) && mayVerify(jwk.getValue("key_ops")) && isKnown(jwk);
    }

    private static boolean mayVerify(@Nullable Object operations) {
        return operations == null || (operations instanceof JsonArray some && some.contains("verify"));
    }

    /** A key names its algorithm, or its type leaves one only. */
    private static boolean isKnown(JsonObject jwk) {
        Object type = jwk.getValue("kty");
        boolean rsa = "RSA".equals(type) && "RS256".equals(jwk.getValue("alg", "RS256"));
        boolean ec = "EC".equals(type)
                && "P-256".equals(jwk.getValue("crv"))
                && "ES256".equals(jwk.getValue("alg", "ES256"));
        return rsa || ec;
    }

    private static String id(JsonObject jwk) throws CredentialException {
        String id = ClaimRules.text(jwk, "kid");
        ClaimRules.require(id.length() <= MAX_ID_LENGTH, "the key set has an id that is too long");
        return id;
    }

    /** The key of this id, if there is one. */
    @Nullable
    SignatureKey key(String id) {
        return keys.get(id);
    }
}

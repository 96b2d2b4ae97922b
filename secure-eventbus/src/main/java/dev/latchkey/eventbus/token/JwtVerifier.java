// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads signed JWTs under the rules of RFC 8725.
 *
 * <p>The algorithm is pinned to the key: only Ed25519 keys are loaded, so no header can select another. Type, key id,
 * issuer, audience, expiry and not-before are all required, and no member may stand there twice. Whether the times fit is the caller's to judge, by its own
 * clock. Thread-safe.
 */
public final class JwtVerifier {
    /** The end of the year 9999: well below what overflows in milliseconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final JwtAuthentication authentication;
    private final JwtType type;
    private final Set<String> keyIds;

    /**
     * A verifier for one type of JWT from one issuer, or one of several issuers' keys, to one audience.
     *
     * @throws IllegalArgumentException when there is no key
     */
    public JwtVerifier(Collection<VerifyingKey> keys, JwtType type, String issuer, String audience) {
        this.authentication = new JwtAuthentication(requireSome(keys), issuer, audience);
        this.type = type;
        this.keyIds = keys.stream().map(PublicJwk::keyId).collect(Collectors.toUnmodifiableSet());
    }

    private static Collection<VerifyingKey> requireSome(Collection<VerifyingKey> keys) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs at least one key");
        }
        return keys;
    }

    /**
     * The claims of a well signed JWT.
     *
     * @throws JwtException naming the rule that the token breaks
     */
    public JsonObject verify(String jwt) throws JwtException {
        CompactJwt parts = CompactJwt.parse(jwt);
        checkHeader(parts.header());
        JsonObject claims = authentication.authentic(parts);
        requireSeconds(claims, "exp");
        requireSeconds(claims, "nbf");
        return claims;
    }

    private void checkHeader(JsonObject header) throws JwtException {
        check(type.headerValue().equals(header.getValue("typ")), "typ is not " + type.headerValue());
        check("EdDSA".equals(header.getValue("alg")), "alg is not EdDSA");
        check(keyIds.contains(String.valueOf(header.getValue("kid"))), "kid is not a trusted key");
        check(!header.containsKey("crit"), "crit is not supported");
    }

    private static void requireSeconds(JsonObject claims, String name) throws JwtException {
        check(claims.getValue(name) instanceof Number, name + " is missing");
        // As a double, since a whole number of any size may stand there.
        check(Math.abs(claims.getDouble(name)) <= LAST_SECOND, name + " is out of range");
    }

    private static void check(boolean holds, String rule) throws JwtException {
        if (!holds) {
            throw new JwtException(rule);
        }
    }
}

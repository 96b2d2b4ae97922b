// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads signed JWTs by vertx-auth-jwt, under the rules of RFC 8725.
 *
 * <p>The algorithm is pinned to the key: only Ed25519 keys are loaded, so no header can select another. Type, key id,
 * issuer, audience, expiry and not-before are all required, and no member may stand there twice. Whether the times fit is the caller's to judge, by its own
 * clock. Thread-safe.
 */
public final class JwtVerifier {
    /** The end of the year 9999: well below what overflows in milliseconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final JWTAuth auth;
    private final JwtType type;
    private final Set<String> keyIds;

    /**
     * A verifier for one type of JWT from one issuer, or one of several issuers' keys, to one audience.
     *
     * @throws IllegalArgumentException when there is no key
     */
    public JwtVerifier(Vertx vertx, Collection<VerifyingKey> keys, JwtType type, String issuer, String audience) {
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a verifier needs at least one key");
        }
        this.type = type;
        this.keyIds = keys.stream().map(PublicJwk::keyId).collect(Collectors.toUnmodifiableSet());
        this.auth = JWTAuth.create(vertx, options(keys, issuer, audience));
    }

    private static JWTAuthOptions options(Collection<VerifyingKey> keys, String issuer, String audience) {
        // The provider's own expiry check reads the system's clock; ours is injected.
        JWTOptions rules =
                new JWTOptions().setIssuer(issuer).addAudience(audience).setIgnoreExpiration(true);
        JWTAuthOptions options = new JWTAuthOptions().setJWTOptions(rules);
        keys.forEach(key -> options.addJwk(PublicJwk.of(key)));
        return options;
    }

    /**
     * The claims of a well signed JWT.
     *
     * @throws JwtException naming the rule that the token breaks
     */
    public JsonObject verify(String jwt) throws JwtException {
        CompactJwt parts = CompactJwt.parse(jwt);
        checkHeader(parts.header());
        Future<User> user = authenticate(jwt);
        if (!user.succeeded()) {
            throw new JwtException("signature, issuer or audience is not acceptable");
        }
        parts.signature();
        JsonObject claims = parts.claims();
        requireSeconds(claims, "exp");
        requireSeconds(claims, "nbf");
        return claims;
    }

    /** The provider throws, instead of failing its future, when a well signed claim has a type that it does not expect. */
    private Future<User> authenticate(String jwt) throws JwtException {
        try {
            return auth.authenticate(new TokenCredentials(jwt));
        } catch (RuntimeException e) {
            throw new JwtException("a claim has the wrong type");
        }
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

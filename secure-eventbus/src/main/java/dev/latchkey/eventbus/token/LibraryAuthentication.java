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

/** By vertx-auth-jwt, to which only Ed25519 keys are given. It takes half a millisecond, by the JDK's provider. */
final class LibraryAuthentication implements JwtAuthentication {
    private final JWTAuth auth;

    LibraryAuthentication(Vertx vertx, Collection<VerifyingKey> keys, String issuer, String audience) {
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

    @Override
    public JsonObject authentic(String jwt, CompactJwt parts) throws JwtException {
        if (!authenticate(jwt).succeeded()) {
            throw JwtAuthentication.refusal();
        }
        parts.signature();
        return parts.claims();
    }

    /** The provider throws, instead of failing its future, when a well signed claim has a type that it does not expect. */
    private Future<User> authenticate(String jwt) throws JwtException {
        try {
            return auth.authenticate(new TokenCredentials(jwt));
        } catch (RuntimeException e) {
            throw new JwtException("a claim has the wrong type");
        }
    }
}

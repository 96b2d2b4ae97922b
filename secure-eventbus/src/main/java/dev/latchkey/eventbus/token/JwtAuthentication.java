// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Says whether a JWT whose header is acceptable is signed by its key, by the right issuer, and for the right audience: the signature first
 * (RFC 7515, section 5.2, with EdDSA of RFC 8037), and only then the claims are read; issuer and audience as RFC 7519, sections 4.1.1 and
 * 4.1.3 have them.
 */
final class JwtAuthentication {
    private final Map<String, VerifyingKey> keys;
    private final String issuer;
    private final String audience;

    JwtAuthentication(Collection<VerifyingKey> keys, String issuer, String audience) {
        this.keys = keys.stream()
                .collect(Collectors.toUnmodifiableMap(PublicJwk::keyId, Function.identity(), (first, same) -> first));
        this.issuer = issuer;
        this.audience = audience;
    }

    /**
     * The claims of an authentic JWT.
     *
     * @throws JwtException when it is not authentic, or cannot be read
     */
    JsonObject authentic(CompactJwt parts) throws JwtException {
        VerifyingKey key = keys.get(String.valueOf(parts.header().getValue("kid")));
        if (key == null || !key.verify(parts.signingInput(), parts.signature())) {
            throw refusal();
        }
        JsonObject claims = parts.claims();
        if (!issuer.equals(claims.getValue("iss")) || !isForUs(claims.getValue("aud"))) {
            throw refusal();
        }
        return claims;
    }

    /** Which of them it was helps nobody but an attacker. */
    private static JwtException refusal() {
        return new JwtException("signature, issuer or audience is not acceptable");
    }

    /** One text, or a list with it. */
    private boolean isForUs(Object told) {
        return audience.equals(told) || (told instanceof JsonArray all && all.contains(audience));
    }
}

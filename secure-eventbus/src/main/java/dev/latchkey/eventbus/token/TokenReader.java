// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import io.vertx.core.json.JsonObject;
import java.util.Collection;

/** Reads Service Tokens of one trust domain. Costs a signature check: read a token once, then cache. Thread-safe. */
public final class TokenReader {
    private final JwtVerifier verifier;

    /** A reader that trusts these orchestrator keys. */
    public TokenReader(Collection<VerifyingKey> keys, String trustDomain) {
        this.verifier = new JwtVerifier(keys, JwtType.SERVICE_TOKEN, trustDomain, trustDomain);
    }

    /**
     * The token in a compact JWT. Its times are not judged here.
     *
     * @throws JwtException when it is not signed by a trusted key, or does not hold what a Service Token must
     */
    public ServiceToken read(String compact) throws JwtException {
        JsonObject claims = verifier.verify(compact);
        try {
            return new ServiceToken(TokenClaims.grant(claims), TokenClaims.proof(claims), compact);
        } catch (RuntimeException e) {
            // Signed by an orchestrator and still not readable: another version, most likely. Fail closed.
            throw new JwtException("a claim is missing or has the wrong type");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.token.CompactJwt;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.eventbus.token.JwtVerifier;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;

/** What all JWTs of a deployer have in common, whatever their type. */
final class SignedByDeployer {
    private final JwtVerifier verifier;
    private final String issuer;
    private final Clock clock;

    SignedByDeployer(Deployer deployer, JwtType type, String trustDomain, Clock clock) {
        this.verifier = new JwtVerifier(deployer.keys(), type, deployer.issuer(), trustDomain);
        this.issuer = deployer.issuer();
        this.clock = clock;
    }

    String issuer() {
        return issuer;
    }

    /** The claims of a JWT that the deployer signed and whose time is now. */
    JsonObject claims(String jwt) throws CredentialException {
        try {
            JsonObject claims = verifier.verify(jwt);
            ClaimRules.requireTimely(claims, clock.millis());
            return claims;
        } catch (JwtException e) {
            throw new CredentialException(String.valueOf(e.getMessage()));
        }
    }

    /** The id of a JWT that is well signed. */
    static String id(String jwt) throws CredentialException {
        try {
            return Identity.idOf(CompactJwt.parse(jwt).signingInput());
        } catch (JwtException e) {
            throw new CredentialException(String.valueOf(e.getMessage()));
        }
    }

    /** Claims for a service, valid from now for a while. */
    static JsonObject newClaims(String issuer, String trustDomain, String service, Clock clock, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        return new JsonObject()
                .put("iss", issuer)
                .put("aud", trustDomain)
                .put("sub", service)
                .put("iat", now)
                .put("nbf", now)
                .put("exp", now + lifetime.toSeconds());
    }
}

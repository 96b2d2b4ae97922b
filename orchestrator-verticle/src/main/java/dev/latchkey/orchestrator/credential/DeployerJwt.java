// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtException;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import dev.latchkey.eventbus.token.JwtVerifier;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;

/**
 * Credentials that a deployer signs: a JWT whose subject is the service, issuer the deployer, and audience the trust domain.
 */
public final class DeployerJwt implements CredentialVerifier {
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    private final JwtVerifier verifier;
    private final Clock clock;

    /** Accepts what this deployer signed for this trust domain. */
    public DeployerJwt(Vertx vertx, Deployer deployer, String trustDomain, Clock clock) {
        this.verifier = new JwtVerifier(vertx, deployer.keys(), JwtType.CREDENTIAL, deployer.issuer(), trustDomain);
        this.clock = clock;
    }

    @Override
    public Future<Identity> verify(String credential) {
        try {
            JsonObject claims = verifier.verify(credential);
            requireTimely(claims);
            return Future.succeededFuture(new Identity(subject(claims)));
        } catch (JwtException e) {
            return Future.failedFuture(new CredentialException(String.valueOf(e.getMessage())));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    private void requireTimely(JsonObject claims) throws CredentialException {
        long now = clock.millis();
        if (now + CLOCK_SKEW.toMillis() < claims.getLong("nbf") * 1000) {
            throw new CredentialException("not valid yet");
        }
        if (now - CLOCK_SKEW.toMillis() >= claims.getLong("exp") * 1000) {
            throw new CredentialException("expired");
        }
    }

    private static String subject(JsonObject claims) throws CredentialException {
        if (!(claims.getValue("sub") instanceof String subject)) {
            throw new CredentialException("sub is missing");
        }
        return subject;
    }

    /** Signs a credential for a service, valid from now for a while. */
    public static String issue(
            SigningKey key, String issuer, String trustDomain, String service, Clock clock, Duration lifetime) {
        long now = clock.instant().getEpochSecond();
        return new JwtSigner(key, JwtType.CREDENTIAL)
                .sign(new JsonObject()
                        .put("iss", issuer)
                        .put("aud", trustDomain)
                        .put("sub", service)
                        .put("iat", now)
                        .put("nbf", now)
                        .put("exp", now + lifetime.toSeconds()));
    }
}

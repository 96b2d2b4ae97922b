// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.JwtSigner;
import dev.latchkey.eventbus.token.JwtType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;

/**
 * Credentials that a deployer signs: a JWT whose subject is the service, issuer the deployer, and audience the trust domain.
 */
public final class DeployerJwt implements CredentialVerifier {
    private final SignedByDeployer signed;

    /** Accepts what this deployer signed for this trust domain. */
    public DeployerJwt(Deployer deployer, String trustDomain, Clock clock) {
        this.signed = new SignedByDeployer(deployer, JwtType.CREDENTIAL, trustDomain, clock);
    }

    @Override
    public CredentialKind kind() {
        return CredentialKind.issuedBy(signed.issuer());
    }

    @Override
    public Future<Identity> verify(String credential) {
        try {
            JsonObject claims = signed.claims(credential);
            return Future.succeededFuture(Identity.of(ClaimRules.text(claims, "sub"), SignedByDeployer.id(credential)));
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    /** Signs a credential for a service, valid from now for a while. */
    public static String issue(
            SigningKey key, String issuer, String trustDomain, String service, Clock clock, Duration lifetime) {
        JsonObject claims = SignedByDeployer.newClaims(issuer, trustDomain, service, clock, lifetime);
        return new JwtSigner(key, JwtType.CREDENTIAL).sign(claims);
    }
}

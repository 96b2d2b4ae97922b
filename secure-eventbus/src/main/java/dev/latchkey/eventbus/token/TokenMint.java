// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import dev.latchkey.eventbus.crypto.KeySchedule;
import dev.latchkey.eventbus.crypto.OperationKeys;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;

/**
 * Makes Service Tokens: derives the caller's keys from its seed, proves them, seals the ticket, signs. Thread-safe.
 *
 * <p>Only an orchestrator has the signing key and the provider keys that it takes.
 */
public final class TokenMint {
    private final JwtSigner signer;
    private final String trustDomain;

    /** A mint of one trust domain. */
    public TokenMint(SigningKey key, String trustDomain) {
        this.signer = new JwtSigner(key, JwtType.SERVICE_TOKEN);
        this.trustDomain = trustDomain;
    }

    /**
     * A token for a grant.
     *
     * @param seed the instance's seed; it stays the caller's
     * @param provider the box of the operation's provider key in the grant's epoch
     */
    public ServiceToken mint(TokenGrant grant, SecretBytes seed, SaltedBox provider) {
        try (SecretBytes callSeed = KeySchedule.callSeed(seed, grant.operation(), grant.timestamp())) {
            TokenProof proof = prove(grant, callSeed, provider);
            return new ServiceToken(grant, proof, signer.sign(TokenClaims.write(grant, proof, trustDomain)));
        }
    }

    private static TokenProof prove(TokenGrant grant, SecretBytes callSeed, SaltedBox provider) {
        try (OperationKeys keys = KeySchedule.derive(callSeed, grant.operation(), grant.timestamp())) {
            byte[] ticket = Tickets.seal(grant, callSeed, provider);
            return new TokenProof(ticket, keys.authenticationMac(), keys.scopeMac(grant.canonicalScope()));
        }
    }
}

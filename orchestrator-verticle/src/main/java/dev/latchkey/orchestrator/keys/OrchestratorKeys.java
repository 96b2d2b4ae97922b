// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import java.util.List;

/**
 * The three secrets of a trust domain, shared by all of its orchestrators.
 *
 * @param signing signs Service Tokens (Ed25519)
 * @param registration opens registrations (X25519)
 * @param state seals what orchestrators keep in the cluster's maps (32 bytes)
 */
public record OrchestratorKeys(SigningKey signing, HpkeKeyPair registration, SecretBytes state)
        implements AutoCloseable {

    /** What instances are told of these keys. */
    public TrustBundle trustBundle(String trustDomain) {
        return new TrustBundle(trustDomain, registration.publicKey(), List.of(signing.verifyingKey()));
    }

    /** Erases all three. */
    @Override
    public void close() {
        signing.close();
        registration.close();
        state.close();
    }

    /** Shows nothing. */
    @Override
    public String toString() {
        return "OrchestratorKeys";
    }
}

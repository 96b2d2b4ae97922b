// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import java.util.List;
import java.util.stream.Stream;

/**
 * The three secrets of a trust domain, shared by all of its orchestrators.
 *
 * @param signing signs Service Tokens (Ed25519)
 * @param registration opens registrations (X25519)
 * @param state seals what orchestrators keep in the cluster's maps (32 bytes)
 * @param published other keys that instances are to trust: the next signing key before it signs, the one before until its last token has
 *     ended
 */
public record OrchestratorKeys(
        SigningKey signing, HpkeKeyPair registration, SecretBytes state, List<VerifyingKey> published)
        implements AutoCloseable {

    /** Copies the list. */
    public OrchestratorKeys {
        published = List.copyOf(published);
    }

    /** Keys while none is being rotated. */
    public OrchestratorKeys(SigningKey signing, HpkeKeyPair registration, SecretBytes state) {
        this(signing, registration, state, List.of());
    }

    /** What instances are told of these keys. */
    public TrustBundle trustBundle(String trustDomain) {
        List<VerifyingKey> trusted = Stream.concat(Stream.of(signing.verifyingKey()), published.stream())
                .toList();
        return new TrustBundle(trustDomain, registration.publicKey(), trusted);
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

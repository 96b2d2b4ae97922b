// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * All verifiers of an orchestrator. A credential's kind chooses the one that judges it: were they asked in turn until one says
 * yes, the weakest would decide, and each would see the others' secrets. Thread-safe.
 */
public final class Credentials {
    private final Map<CredentialKind, CredentialVerifier> verifiers;
    private final SpentCredentials spent;

    /**
     * With these verifiers.
     *
     * @throws IllegalArgumentException when two are for the same kind
     */
    public Credentials(Collection<? extends CredentialVerifier> verifiers, SpentCredentials spent) {
        this.verifiers = byKind(verifiers);
        this.spent = spent;
    }

    private static Map<CredentialKind, CredentialVerifier> byKind(Collection<? extends CredentialVerifier> verifiers) {
        Map<CredentialKind, CredentialVerifier> byKind = new HashMap<>();
        for (CredentialVerifier verifier : verifiers) {
            CredentialKind kind = verifier.kind();
            if (byKind.put(kind, verifier) != null) {
                throw new IllegalArgumentException("two verifiers are for credentials of " + kind.form() + " '"
                        + kind.name() + "'; give each issuer a name of its own");
            }
        }
        return Map.copyOf(byKind);
    }

    /** Checks a credential; fails as {@link CredentialVerifier#verify} says. */
    public Future<Identity> verify(String credential) {
        try {
            CredentialVerifier verifier = verifiers.get(CredentialKind.of(credential));
            return verifier == null
                    ? Future.failedFuture(new CredentialException("neither prefix nor issuer is a trusted one"))
                    : verifier.verify(credential);
        } catch (CredentialException e) {
            return Future.failedFuture(e);
        }
    }

    /** Uses up what may be used once; see {@link SpentCredentials#spend}. */
    public Future<Void> spend(Identity identity, Buffer commitment) {
        return spent.spend(identity, commitment);
    }
}

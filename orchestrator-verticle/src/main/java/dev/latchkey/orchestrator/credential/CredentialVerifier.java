// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.Future;

/** Tells which service the bearer of a credential is. */
public interface CredentialVerifier {
    /**
     * Checks a credential.
     *
     * @return the identity, or a failure with {@link CredentialException}, naming the rule that the credential breaks
     */
    Future<Identity> verify(String credential);
}

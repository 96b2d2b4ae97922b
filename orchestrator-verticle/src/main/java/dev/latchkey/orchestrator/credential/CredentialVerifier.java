// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.Future;

/**
 * Tells which service the bearer of a credential is. Add your own by {@link
 * dev.latchkey.orchestrator.OrchestratorOptions#addCredentialVerifier}.
 *
 * <p>An orchestrator looks at a credential's {@link CredentialKind} and asks the one verifier of that kind; no other gets to see
 * it. So a verifier must refuse whatever it is not sure of: nobody decides after it.
 */
public interface CredentialVerifier {
    /** The kind of credential that this judges. Always the same; no two verifiers of an orchestrator share one. */
    CredentialKind kind();

    /**
     * Checks a credential. Called on the orchestrator's context, which it must not block.
     *
     * @param credential not trusted in any way, but for its kind and a length of at most {@link CredentialKind#MAX_LENGTH}
     * @return the identity; or a failure with {@link CredentialException} when a rule was broken, which is told as {@code
     *     BAD_CREDENTIAL} and logged; or any other failure when it could not be judged, which is told as {@code UNAVAILABLE}
     */
    Future<Identity> verify(String credential);
}

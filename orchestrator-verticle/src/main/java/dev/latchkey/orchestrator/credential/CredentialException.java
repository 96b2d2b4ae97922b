// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

/** A credential that is not acceptable. The text names the rule, never the credential. */
public final class CredentialException extends Exception {
    CredentialException(String rule) {
        super(rule);
    }
}

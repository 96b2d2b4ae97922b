// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

/** A credential that is not acceptable. The text names the rule, for the log; it never repeats anything of the credential. */
public final class CredentialException extends Exception {
    /** With the rule that was broken. */
    public CredentialException(String rule) {
        super(rule, null, false, false);
    }
}

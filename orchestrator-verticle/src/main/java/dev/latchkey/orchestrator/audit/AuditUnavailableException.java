// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

/** A record was not written. */
public final class AuditUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AuditUnavailableException(String text) {
        super(text, null, false, false);
    }
}

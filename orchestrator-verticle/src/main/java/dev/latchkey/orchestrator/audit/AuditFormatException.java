// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

/** A line that no orchestrator wrote like that. The text names the problem. */
final class AuditFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    AuditFormatException(String problem) {
        super(problem, null, false, false);
    }
}

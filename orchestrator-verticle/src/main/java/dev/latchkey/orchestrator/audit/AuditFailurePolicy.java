// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

/** What an orchestrator does while its audit log cannot be written. */
public enum AuditFailurePolicy {
    /** It issues and extends nothing. Others, whose logs can be written, are asked instead. */
    STOP,
    /** It goes on; how many records are lost stands in the log once it can be written again. */
    CONTINUE
}

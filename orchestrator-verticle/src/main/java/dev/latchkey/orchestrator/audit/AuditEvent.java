// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

/** What a record tells of. The names stand in the log; docs/audit.md has the members of each. */
public enum AuditEvent {
    /** The first line of each file. */
    FILE,
    /** A signature over all that stands above. */
    CHECKPOINT,
    /** Older files were removed, as the settings say. */
    FILES_REMOVED,
    /** Records were lost while the log could not be written. */
    RECORDS_LOST,
    /** An orchestrator has started. */
    STARTED,
    /** An orchestrator stops. */
    STOPPED,
    /** A policy is in force. */
    POLICY_LOADED,
    /** An instance registered, and what it was issued. */
    REGISTERED,
    /** An instance renewed, and what it was issued. */
    RENEWED,
    /** An instance left. */
    LEFT,
    /** A question was refused. */
    REFUSED,
    /** More questions were refused than are told one by one. */
    REFUSED_MORE,
    /** A provider key became active, or was brought forward. */
    ROTATED,
    /** An instance or a service was revoked. */
    REVOKED,
    /** An instance or a credential's bearer was quarantined. */
    QUARANTINED,
    /** A quarantine was ended before its time. */
    QUARANTINE_LIFTED,
    /** An alarm was raised. */
    ALARM,
    /** Somebody did something by the admin API or the console. */
    ADMIN
}

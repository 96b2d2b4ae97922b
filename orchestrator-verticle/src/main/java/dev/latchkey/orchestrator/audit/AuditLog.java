// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Where security events are recorded. Callable from any thread; none of its methods blocks. */
public interface AuditLog {
    /** Longest text of a member that somebody else chose; what is longer is cut. */
    int MAX_TEXT = 160;

    /** A log that keeps nothing and never stands in the way. */
    static AuditLog none() {
        return NoAuditLog.INSTANCE;
    }

    /**
     * Records an event.
     *
     * @param details the members that stand behind the event's name. Never a secret. Not to be changed afterwards
     * @return done when the record is on the disk. While the log cannot be written, it fails with an {@link AuditUnavailableException},
     *     or, if the orchestrator is to go on without, succeeds, and the record is counted as lost
     */
    Future<Void> record(AuditEvent event, JsonObject details);

    /** False while nothing may be issued, since it could not be recorded. */
    boolean mayIssue();

    /** How many records were lost so far. */
    long lost();

    /** Ends the log with a checkpoint. Never fails. */
    Future<Void> close();

    /**
     * Records what somebody did, or tried to do, as an administrator.
     *
     * @param actor who: the subject of the token that was shown, or what is known of a caller without one
     * @param role the role by which it was judged; empty when there is none
     * @param action what, such as {@code revoke}
     * @param target of what, such as an instance's name; empty when it concerns all
     * @param outcome such as {@code done} or {@code refused: wrong role}
     * @return as {@link #record}
     */
    default Future<Void> admin(String actor, String role, String action, String target, String outcome) {
        return record(
                AuditEvent.ADMIN,
                new JsonObject()
                        .put("actor", cut(actor))
                        .put("role", cut(role))
                        .put("action", cut(action))
                        .put("target", cut(target))
                        .put("outcome", cut(outcome)));
    }

    /** The beginning of a text that somebody else chose. */
    static String cut(String text) {
        return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
    }
}

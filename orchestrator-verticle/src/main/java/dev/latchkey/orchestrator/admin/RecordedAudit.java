// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import dev.latchkey.orchestrator.audit.AuditLog;
import io.vertx.core.Future;
import java.util.Locale;

/**
 * Each step in the orchestrator's audit log, and a line of the program's log beside it. What cannot be recorded is not done, save for
 * revocations: whoever fills a disk must not keep his rights by it.
 */
public final class RecordedAudit implements AdminAudit {
    private final AuditLog log;
    private final AdminAudit lines = new LoggedAudit();

    /** Steps in this log. */
    public RecordedAudit(AuditLog log) {
        this.log = log;
    }

    @Override
    public Future<Void> record(AdminAction action) {
        return log.admin(
                        action.subject(),
                        String.valueOf(action.role()),
                        action.action(),
                        action.target(),
                        action.outcome().name().toLowerCase(Locale.ROOT))
                .recover(failure -> isRevocation(action) ? Future.succeededFuture() : Future.failedFuture(failure))
                .compose(recorded -> lines.record(action));
    }

    private static boolean isRevocation(AdminAction action) {
        return action.action().startsWith("revoke");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Keeps nothing. */
enum NoAuditLog implements AuditLog {
    INSTANCE;

    @Override
    public Future<Void> record(AuditEvent event, JsonObject details) {
        return Future.succeededFuture();
    }

    @Override
    public boolean mayIssue() {
        return true;
    }

    @Override
    public long lost() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}

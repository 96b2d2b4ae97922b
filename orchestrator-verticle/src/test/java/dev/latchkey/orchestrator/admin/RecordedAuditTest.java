// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.orchestrator.audit.AuditEvent;
import dev.latchkey.orchestrator.audit.AuditLog;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What administrators do is recorded first; only a revocation does not wait for a disk that is full. */
class RecordedAuditTest {
    private final List<JsonObject> records = new ArrayList<>();
    private boolean full;
    private final RecordedAudit audit = new RecordedAudit(new AuditLog() {
        @Override
        public Future<Void> record(AuditEvent event, JsonObject details) {
            records.add(details.copy().put("event", event.name()));
            return full ? Future.failedFuture("the disk is full") : Future.succeededFuture();
        }

        @Override
        public boolean mayIssue() {
            return !full;
        }

        @Override
        public long lost() {
            return 0;
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    });

    private Future<Void> record(String action) {
        return audit.record(new AdminAction("ada", Role.OPERATOR, action, "process_image", AdminAction.Outcome.BEGUN));
    }

    @Test
    void record_saysWhoDidWhat() {
        assertThat(record("rotate").succeeded()).isTrue();
        assertThat(records)
                .containsExactly(new JsonObject()
                        .put("event", "ADMIN")
                        .put("actor", "ada")
                        .put("role", String.valueOf(Role.OPERATOR))
                        .put("action", "rotate")
                        .put("target", "process_image")
                        .put("outcome", "begun"));
    }

    @Test
    void record_diskIsFull_nothingIsDoneButRevocations() {
        full = true;
        assertThat(record("rotate").failed()).isTrue();
        assertThat(record("lift-quarantine").failed()).isTrue();
        assertThat(record("reload-policy").failed()).isTrue();
        assertThat(record("revoke-instance").succeeded()).isTrue();
        assertThat(record("revoke-service").succeeded()).isTrue();
        assertThat(records).hasSize(5);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.orchestrator.audit.AuditEvent;
import dev.latchkey.orchestrator.audit.AuditLog;
import dev.latchkey.orchestrator.breach.Sentence;
import dev.latchkey.orchestrator.policy.Policy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What an orchestrator records of itself. Nobody waits for these records: what ends or narrows a right is done also when it cannot be
 * recorded.
 */
final class AuditRecords {
    private final Supplier<AuditLog> log;

    AuditRecords(Supplier<AuditLog> log) {
        this.log = log;
    }

    private void record(AuditEvent event, JsonObject details) {
        log.get().record(event, details);
    }

    void started(Policy policy) {
        record(AuditEvent.STARTED, new JsonObject());
        record(
                AuditEvent.POLICY_LOADED,
                new JsonObject()
                        .put("trustDomain", policy.trustDomain())
                        .put("operations", policy.operations().size())
                        .put("services", policy.services().size()));
    }

    void stopped() {
        record(AuditEvent.STOPPED, new JsonObject());
    }

    /** Of a log that cannot be written there is nothing to record; the log itself tells of it later. */
    void alarm(Alarm alarm, String detail, long number) {
        if (alarm != Alarm.AUDIT_FAILED) {
            record(
                    AuditEvent.ALARM,
                    new JsonObject()
                            .put("kind", alarm.name())
                            .put("detail", detail)
                            .put("count", number));
        }
    }

    void revoked(String what, String name, long notice) {
        record(
                AuditEvent.REVOKED,
                new JsonObject().put(what, AuditLog.cut(name)).put("notice", notice));
    }

    void lifted(String name, long notice) {
        record(
                AuditEvent.QUARANTINE_LIFTED,
                new JsonObject().put("name", AuditLog.cut(name)).put("notice", notice));
    }

    /** Operations whose next keys were asked for before their time; none stands for all. */
    void rotated(String how, Set<String> operations) {
        record(
                AuditEvent.ROTATED,
                new JsonObject()
                        .put("how", how)
                        .put(
                                "operations",
                                new JsonArray(operations.stream().sorted().toList())));
    }

    void active(String operation, long epoch) {
        record(
                AuditEvent.ROTATED,
                new JsonObject()
                        .put("how", "ACTIVE")
                        .put("operation", operation)
                        .put("epoch", epoch));
    }

    /** The same sentence, on record. */
    Sentence of(Sentence sentence) {
        return (instance, bearer) -> sentence.quarantine(instance, bearer).onSuccess(done -> {
            if (done) {
                record(
                        AuditEvent.QUARANTINED,
                        new JsonObject().put("instance", instance).put("bearer", bearer));
            }
        });
    }
}

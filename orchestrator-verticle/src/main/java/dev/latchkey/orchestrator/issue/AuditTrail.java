// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.ProviderKey;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.orchestrator.audit.AuditEvent;
import dev.latchkey.orchestrator.audit.AuditLog;
import dev.latchkey.orchestrator.limit.TokenBucket;
import dev.latchkey.orchestrator.state.Lease;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a registrar tells the audit log. Never a secret: of tokens their ids, of keys their epochs.
 *
 * <p>Anybody can make questions that are refused. They must not fill a disk, nor push out older files, so that many of them a second are
 * counted in one record.
 */
public final class AuditTrail {
    /** Refusals that are told one by one in a second. */
    static final int REFUSALS_PER_SECOND = 100;

    private final AuditLog log;
    private final TokenBucket refusals;
    private final AtomicLong untold = new AtomicLong();

    /** A trail into this log. */
    public AuditTrail(AuditLog log, Clock clock) {
        this.log = log;
        this.refusals = new TokenBucket(REFUSALS_PER_SECOND, clock);
    }

    /** False while nothing may be issued. */
    boolean mayIssue() {
        return log.mayIssue();
    }

    /** Done when it is on the disk; until then, nobody may get what was issued. */
    Future<Void> issued(AuditEvent event, String instance, Lease lease, Issuer.Issued issued) {
        JsonObject details = of(instance, lease)
                .put("node", String.valueOf(lease.node()))
                .put("leaseUntil", lease.expiresAt())
                .put("tokens", tokens(issued))
                .put("keys", keys(issued.answer()));
        return log.record(event, details);
    }

    private static JsonObject of(String instance, Lease lease) {
        return new JsonObject()
                .put("instance", instance)
                .put("service", lease.service())
                .put("bearer", lease.bearer());
    }

    private static JsonArray tokens(Issuer.Issued issued) {
        JsonArray tokens = new JsonArray();
        for (TokenGrant grant : issued.grants()) {
            tokens.add(new JsonObject()
                    .put("operation", grant.operation())
                    .put("id", grant.id().toString())
                    .put("epoch", grant.epoch())
                    .put("until", grant.expires()));
        }
        return tokens;
    }

    private static JsonArray keys(Answer.Granted answer) {
        JsonArray keys = new JsonArray();
        for (ProviderKey key : answer.keys()) {
            keys.add(new JsonObject().put("operation", key.operation()).put("epoch", key.epoch()));
        }
        return keys;
    }

    /** Nobody waits for it. */
    void left(String instance, Lease lease) {
        log.record(AuditEvent.LEFT, of(instance, lease));
    }

    /** Nobody waits for it. What the question says of itself is not proved. */
    void refused(Registration registration, DenialReason reason, String detail) {
        if (!refusals.take()) {
            untold.incrementAndGet();
            return;
        }
        tellUntold();
        log.record(
                AuditEvent.REFUSED,
                new JsonObject()
                        .put("question", registration.kind().name())
                        .put("reason", reason.name())
                        .put("detail", AuditLog.cut(detail))
                        .put("claimedService", AuditLog.cut(registration.service()))
                        .put("claimedInstance", AuditLog.cut(registration.instance())));
    }

    /** Tells of refusals that were only counted. To be called once in a while, and before the log is closed. */
    public void tellUntold() {
        long count = untold.getAndSet(0);
        if (count > 0) {
            log.record(AuditEvent.REFUSED_MORE, new JsonObject().put("count", count));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import org.jspecify.annotations.Nullable;

/**
 * Every metric that Latchkey has. Labels take their values from enums, never from messages: no address, instance, token or
 * service is one, so nobody can make them many, and none of them is a secret.
 */
public enum MetricName {
    /** Frames that were sealed for the wire; a publish counts once for each node that it goes to. */
    SEALED("latchkey.sealed", MetricKind.COUNTER, null, "frames written to the wire"),
    /** Requests and replies from the wire that were opened. */
    OPENED("latchkey.opened", MetricKind.COUNTER, null, "messages opened"),
    /** Messages that were refused, by {@link DenialReason}. */
    REFUSED("latchkey.refused", MetricKind.COUNTER, "reason", "messages refused"),
    /** Messages that wait for their token or their claim. */
    HELD("latchkey.held", MetricKind.GAUGE, null, "messages that wait for a token, a key or a claim"),
    /** Their bytes. */
    HELD_BYTES("latchkey.held.bytes", MetricKind.GAUGE, null, "bytes of these messages"),
    /** Callers' tokens that are known. */
    TOKENS_CACHED("latchkey.tokens.cached", MetricKind.GAUGE, null, "callers' tokens known"),
    /** Chunks of replay memory. */
    REPLAY_CHUNKS("latchkey.replay.chunks", MetricKind.GAUGE, null, "chunks of replay memory, 1024 messages each"),
    /** Requests that wait for their answers. */
    PENDING("latchkey.pending", MetricKind.GAUGE, null, "requests that wait for their answers"),
    /** Hits of a {@link Bound}. */
    BOUND_HIT("latchkey.bound.hit", MetricKind.COUNTER, "bound", "how often a bound was hit"),
    /** Alarms, by {@link Alarm}. */
    ALARMS("latchkey.alarms", MetricKind.COUNTER, "kind", "alarms raised"),
    /** Questions that an orchestrator answered. */
    REGISTRATIONS("latchkey.registrations", MetricKind.COUNTER, "outcome", "questions answered by an orchestrator"),
    /** Service Tokens that an orchestrator issued. */
    TOKENS_ISSUED("latchkey.tokens.issued", MetricKind.COUNTER, null, "Service Tokens issued"),
    /** Provider keys that became active. */
    ROTATIONS("latchkey.rotations", MetricKind.COUNTER, null, "provider keys that became active"),
    /** Leases that an orchestrator wrote or found, and that have not ended. */
    LEASES("latchkey.leases", MetricKind.GAUGE, null, "living leases that this orchestrator has seen"),
    /** Violations that a provider saw or an orchestrator counted, by {@link ViolationKind}. */
    VIOLATIONS(
            "latchkey.violations",
            MetricKind.COUNTER,
            "kind",
            "violations seen by a provider, or counted by an orchestrator"),
    /** Quarantines. */
    QUARANTINES(
            "latchkey.quarantines",
            MetricKind.COUNTER,
            null,
            "instances and credentials that this orchestrator quarantined"),
    /** From the first message that waits for its token until the token is there or is given up. */
    RESOLVE("latchkey.resolve", MetricKind.TIMER, null, "searches for a token or a key that messages wait for"),
    /** Of the tokens that instances here send under. */
    TOKEN_AGE("latchkey.token.age", MetricKind.TIME, null, "age of the oldest token that an instance here sends under"),
    /** Instances by their {@link Health}. */
    LEASE_STATE(
            "latchkey.lease.state",
            MetricKind.GAUGE,
            "state",
            "instances here, by how they stand with their orchestrators"),
    /** Of the provider keys that tokens are made with. */
    EPOCH_AGE("latchkey.epoch.age", MetricKind.TIME, null, "how long the provider key longest in use is active"),
    /** Of rotations that were asked for, and those after a revocation. */
    ROTATION(
            "latchkey.rotation",
            MetricKind.TIMER,
            null,
            "rotations out of turn, until the shared state has the new keys"),
    /** Records that could not be written to the audit log. */
    AUDIT_LOST("latchkey.audit.lost", MetricKind.COUNTER, null, "audit records that could not be written");

    private final String id;
    private final MetricKind kind;
    private final @Nullable String label;
    private final String text;

    MetricName(String id, MetricKind kind, @Nullable String label, String text) {
        this.id = id;
        this.kind = kind;
        this.label = label;
        this.text = text;
    }

    /** The name by which a registry knows it. */
    public String id() {
        return id;
    }

    /** What kind of number it is. */
    public MetricKind kind() {
        return kind;
    }

    /** The name of its one label, or null when it has none. */
    public @Nullable String label() {
        return label;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import org.jspecify.annotations.Nullable;

/**
 * Every metric that Latchkey has. Labels take their values from enums, never from messages: no address, instance, token or
 * service is one, so nobody can make them many, and none of them is a secret.
 */
public enum MetricName {
    /** Frames that were sealed for the wire; a publish counts once for each node that it goes to. */
    SEALED("latchkey.sealed", true, null, "frames written to the wire"),
    /** Requests and replies from the wire that were opened. */
    OPENED("latchkey.opened", true, null, "messages opened"),
    /** Messages that were refused, by {@link DenialReason}. */
    REFUSED("latchkey.refused", true, "reason", "messages refused"),
    /** Messages that wait for their token or their claim. */
    HELD("latchkey.held", false, null, "messages that wait for a token or a claim"),
    /** Their bytes. */
    HELD_BYTES("latchkey.held.bytes", false, null, "bytes of these messages"),
    /** Callers' tokens that are known. */
    TOKENS_CACHED("latchkey.tokens.cached", false, null, "callers' tokens known"),
    /** Chunks of replay memory. */
    REPLAY_CHUNKS("latchkey.replay.chunks", false, null, "chunks of replay memory, 1024 messages each"),
    /** Requests that wait for their answers. */
    PENDING("latchkey.pending", false, null, "requests that wait for their answers"),
    /** Hits of a {@link Bound}. */
    BOUND_HIT("latchkey.bound.hit", true, "bound", "how often a bound was hit"),
    /** Alarms, by {@link Alarm}. */
    ALARMS("latchkey.alarms", true, "kind", "alarms raised"),
    /** Questions that an orchestrator answered. */
    REGISTRATIONS("latchkey.registrations", true, "outcome", "questions answered by an orchestrator"),
    /** Service Tokens that an orchestrator issued. */
    TOKENS_ISSUED("latchkey.tokens.issued", true, null, "Service Tokens issued"),
    /** Provider keys that became active. */
    ROTATIONS("latchkey.rotations", true, null, "provider keys that became active"),
    /** Leases that an orchestrator wrote or found, and that have not ended. */
    LEASES("latchkey.leases", false, null, "living leases that this orchestrator has seen"),
    /** Violations that a provider saw or an orchestrator counted, by {@link ViolationKind}. */
    VIOLATIONS("latchkey.violations", true, "kind", "violations seen by a provider, or counted by an orchestrator"),
    /** Quarantines. */
    QUARANTINES("latchkey.quarantines", true, null, "instances and credentials that this orchestrator quarantined");

    private final String id;
    private final boolean counter;
    private final @Nullable String label;
    private final String text;

    MetricName(String id, boolean counter, @Nullable String label, String text) {
        this.id = id;
        this.counter = counter;
        this.label = label;
        this.text = text;
    }

    /** The name by which a registry knows it. */
    public String id() {
        return id;
    }

    /** True for a number that only grows, false for one that is as of now. */
    public boolean isCounter() {
        return counter;
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

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * A limit of a queue, a cache, a window or a rate. Each has a number of how often it was hit, in {@link MetricName#BOUND_HIT}:
 * whoever sees one grow is being flooded, or has outgrown the limit.
 */
public enum Bound {
    /** A frame, or what came with it, was larger than {@link SecureEventBusOptions#setMaxFrameSize} allows; refused before it was copied. */
    FRAME_SIZE("a frame was too large"),
    /** A message could not be held while its token was looked for, or its claim was settled. */
    HELD_MESSAGES("too many messages are held"),
    /** A new caller's token could not be kept. */
    TOKENS_CACHED("too many tokens are known"),
    /** A token's memory of what has arrived could not grow, and forgot its oldest part, which counts as seen. */
    REPLAY_MEMORY("the memory of what has arrived is full"),
    /** One responder too many answered under one token; the key of another one has to be derived again. */
    REPLY_KEYS("too many responders under one token"),
    /** A request was refused since too many wait for their answers in this JVM. */
    PENDING_REQUESTS("too many requests wait"),
    /** A notice was dropped unchecked. */
    NOTICE_CHECKS("too many notices in one second"),
    /** Plaintext at too many addresses to be counted apart. */
    OBSERVATIONS("plaintext at too many addresses"),
    /** Too many addresses failed to remember all of them; one of them is tried again too soon. */
    FAILED_ADDRESSES("too many addresses have failed"),
    /** An orchestrator dropped a question that was longer than any may be. */
    QUESTION_SIZE("a question was too long"),
    /** An orchestrator refused a question, unopened, since too many came in one second. */
    QUESTIONS("too many questions in one second"),
    /** An orchestrator refused a question, unopened, since too many were being answered. */
    QUESTIONS_UNDER_WAY("too many questions at once"),
    /** An orchestrator refused a registration since its service made too many in one second. */
    REGISTRATIONS_OF_SERVICE("too many registrations of one service in one second"),
    /** An orchestrator refused a registration since its credential was used for too many in one second. */
    REGISTRATIONS_OF_CREDENTIAL("too many registrations by one credential in one second"),
    /** An orchestrator forgot the oldest of the leases that it wrote, and would not notice if that one was put back. */
    LEASES_REMEMBERED("more leases than an orchestrator remembers"),
    /** A record in the orchestrators' maps was larger than any may be, and taken for tampered with. */
    RECORD_SIZE("a record was too large"),
    /** A violation was not kept, and no orchestrator will be told of it, since too many wait to be told. */
    VIOLATIONS("too many violations wait to be told"),
    /** An orchestrator ignored an instance's report, as its last one was a moment ago. */
    REPORTS("too many reports of one instance"),
    /** An orchestrator forgot the violations of somebody, which then stand in the shared map alone. */
    BREACHES_REMEMBERED("violations of more instances than an orchestrator remembers"),
    /** An orchestrator did not quarantine somebody, since too many are. */
    QUARANTINES("too many instances and credentials are quarantined"),
    /** An orchestrator refused something that it would have had to record, since too many records wait for the disk. */
    AUDIT_RECORDS("too many audit records wait for the disk"),

    /** An operation has more providers than a directory holds. */
    DIRECTORY_ENTRIES("more providers of one operation than a directory holds"),
    /** A change of a directory, or a question for all of it, was dropped unread. */
    DIRECTORY_MESSAGES("too many messages about a directory in one second");

    private final String text;

    Bound(String text) {
        this.text = text;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}

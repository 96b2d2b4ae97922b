// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.count.EnumCounts;
import dev.latchkey.orchestrator.notice.Recent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What an orchestrator has done so far. Thread-safe. */
public final class Tally {
    private static final int REMEMBERED = 200;

    private final Recent<Refused> recent = new Recent<>(REMEMBERED);
    private final EnumCounts<DenialReason> reasons = new EnumCounts<>(DenialReason.class);
    private final LongAdder registered = new LongAdder();
    private final LongAdder renewed = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final LongAdder issued = new LongAdder();
    private final LongAdder denied = new LongAdder();
    private final LongAdder rotations = new LongAdder();
    private final LongAdder reported = new LongAdder();
    private final LongAdder overloaded = new LongAdder();

    void registered() {
        registered.increment();
    }

    void renewed() {
        renewed.increment();
    }

    void left() {
        left.increment();
    }

    void reported() {
        reported.increment();
    }

    /** Reports of violations that were taken. */
    public long reports() {
        return reported.sum();
    }

    void issued(int tokens) {
        issued.add(tokens);
    }

    /** A question that could not be opened: nobody knows whose it is. */
    void denied() {
        denied.increment();
        reasons.add(DenialReason.BAD_REGISTRATION);
    }

    void denied(Refused refused) {
        denied.increment();
        reasons.add(refused.reason());
        recent.add(refused);
    }

    /** Questions that were refused, by reason. */
    public Map<DenialReason, Long> refusals() {
        return reasons.snapshot();
    }

    /** The questions that were refused last, the oldest first; not those that were one too many or could not be opened. */
    public List<Refused> refusedLast() {
        return recent.list();
    }

    /** A question was refused because of a bound. */
    public void overloaded() {
        reasons.add(DenialReason.OVERLOADED);
        overloaded.increment();
    }

    /** Questions that were refused because of a bound. */
    public long overloads() {
        return overloaded.sum();
    }

    /** Another provider key has become active. */
    public void rotated() {
        rotations.increment();
    }

    /** Instances that registered, renewals, instances that left, tokens issued, questions refused, and rotations. */
    public Snapshot snapshot() {
        return new Snapshot(registered.sum(), renewed.sum(), left.sum(), issued.sum(), denied.sum(), rotations.sum());
    }

    /** The figures at one moment. */
    public record Snapshot(long registered, long renewed, long left, long issued, long denied, long rotations) {}
}

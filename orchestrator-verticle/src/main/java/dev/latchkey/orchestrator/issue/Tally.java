// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import java.util.concurrent.atomic.LongAdder;

/** What an orchestrator has done so far. Thread-safe. */
public final class Tally {
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

    void denied() {
        denied.increment();
    }

    /** A question was refused because of a bound. */
    public void overloaded() {
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

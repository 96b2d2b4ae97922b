// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import org.jspecify.annotations.Nullable;

/**
 * How an address that failed stands. Immutable; all questions of time are pure functions of {@code now}, in milliseconds.
 *
 * @param failures in a row, each of which ended a time of being avoided
 * @param avoidedUntil when one request may try it again
 * @param probing whether that request is under way
 * @param silent whether it failed by not answering in time; else since nobody was there
 */
record AddressState(int failures, long avoidedUntil, boolean probing, boolean silent) {
    /** How long an address is avoided after its first failure; twice as long after each that follows. */
    static final long FIRST_MILLIS = 500;

    /** The longest that it is avoided, and so about the longest that traffic stays away from one that has come back. */
    static final long MOST_MILLIS = 15_000;

    private static final int MAX_DOUBLINGS = 20;

    /**
     * The state after another failure. What was under way when the address failed fails too, which says nothing new: it neither
     * prolongs the time nor counts.
     *
     * @param before null when the address was in order
     */
    static AddressState failed(@Nullable AddressState before, long now, boolean silent) {
        if (before != null && !before.probing && now < before.avoidedUntil) {
            return before;
        }
        int failures = before == null ? 1 : before.failures + 1;
        return new AddressState(failures, now + pause(failures), false, silent);
    }

    private static long pause(int failures) {
        return Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures - 1, MAX_DOUBLINGS));
    }

    /** True when a request may find out whether it is back, and nobody is doing so. */
    boolean isDue(long now) {
        return !probing && now >= avoidedUntil;
    }

    /** The state while one request finds out. */
    AddressState probed() {
        return new AddressState(failures, avoidedUntil, true, silent);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;

/**
 * From when on violations are a breach, and what then happens.
 *
 * @param count so many different violations: at each of several operations, or that an orchestrator saw itself
 * @param window within so long
 * @param reporters at so many operations, of which no two have a provider in common: as many services would have to lie together, each
 *     to its own callers' harm, for an innocent to be accused
 * @param action what happens
 * @param quarantineFor how long a quarantine lasts
 */
public record BreachPolicy(int count, Duration window, int reporters, BreachAction action, Duration quarantineFor) {
    /** The most that {@code count} may be: each is remembered. */
    static final int MAX_COUNT = 100;

    static final int MAX_REPORTERS = 16;
    private static final int STANDARD_COUNT = 10;
    private static final int STANDARD_REPORTERS = 2;

    /** What holds where a policy says nothing: ten in ten minutes, told of at two operations, raise an alarm. */
    public static BreachPolicy standard() {
        return new BreachPolicy(
                STANDARD_COUNT,
                TimeSetting.WINDOW.standard(),
                STANDARD_REPORTERS,
                BreachAction.ALARM,
                TimeSetting.QUARANTINE.standard());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.function.DoubleSupplier;

/**
 * Pauses between attempts: exponential, bounded, with full jitter.
 *
 * <p>Full jitter draws the whole pause, from nothing to the bound. All of a fleet lost its orchestrators at one moment; drawn so, its
 * attempts are spread evenly when they come back, whatever the number of failures of each.
 *
 * @param firstMillis the bound of the first pause, which doubles with each failure
 * @param mostMillis the highest bound
 * @param random from 0 to 1
 */
record Backoff(long firstMillis, long mostMillis, DoubleSupplier random) {
    private static final int MAX_DOUBLINGS = 20;

    /** The pause after so many failures in a row, 1 at least. */
    long pause(int failures) {
        long bound = Math.min(mostMillis, firstMillis << Math.min(failures - 1, MAX_DOUBLINGS));
        return Math.max(1, (long) (bound * random.getAsDouble()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import java.util.Map;

/**
 * One traffic in every mode, one directly after the other.
 *
 * @param readings by mode
 * @param repeats how often it was measured before, and not kept because others used the machine
 */
record Turn(Map<BusMode, Reading> readings, int repeats) {

    /** Which part of the machine others used, in the worst of its readings. */
    double foreign() {
        return readings.values().stream().mapToDouble(Reading::foreign).max().orElse(0);
    }

    Reading reading(BusMode mode) {
        Reading reading = readings.get(mode);
        if (reading == null) {
            throw new IllegalArgumentException("no reading of " + mode.label());
        }
        return reading;
    }

    /** Messages a second in a mode, over those of the plain bus in the same turn. */
    double ratioToPlain(BusMode mode) {
        return reading(mode).perSecond() / reading(BusMode.PLAIN).perSecond();
    }
}

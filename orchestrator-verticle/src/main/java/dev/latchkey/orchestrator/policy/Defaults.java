// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;
import java.util.List;

/** The times that hold where an operation sets none of its own. */
record Defaults(Duration tokenLifetime, Duration rotationInterval, Duration leaseDuration) {

    private static final List<String> KEYS = List.of("tokenLifetime", "rotationInterval", "leaseDuration");

    /** Those of a file's section {@code defaults}, and the standard ones for what it leaves out. */
    static Defaults read(Section file) {
        return file.find("defaults").map(Defaults::read).orElseGet(Defaults::standard);
    }

    private static Defaults read(Located where) {
        Section section = Section.of(where, KEYS);
        Defaults defaults = new Defaults(
                read(section, TimeSetting.TOKEN_LIFETIME),
                read(section, TimeSetting.ROTATION_INTERVAL),
                read(section, TimeSetting.LEASE_DURATION));
        defaults.checkRotation(section);
        return defaults;
    }

    private static Duration read(Section section, TimeSetting setting) {
        return setting.read(section, setting.standard());
    }

    private static Defaults standard() {
        return new Defaults(
                TimeSetting.TOKEN_LIFETIME.standard(),
                TimeSetting.ROTATION_INTERVAL.standard(),
                TimeSetting.LEASE_DURATION.standard());
    }

    /** Blames the rotation, or the lease where the file leaves the rotation out. */
    private void checkRotation(Section section) {
        section.find(TimeSetting.ROTATION_INTERVAL.key())
                .or(() -> section.find(TimeSetting.LEASE_DURATION.key()))
                .ifPresent(where -> RotationRule.check(where, rotationInterval, leaseDuration));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.ReplayScope;
import java.time.Duration;
import java.util.List;

/**
 * What holds where an operation sets nothing of its own.
 *
 * @param tokenLifetime of every operation without one
 * @param rotationInterval of every operation without one
 * @param leaseDuration of every instance
 * @param outageGrace of every operation without one
 * @param mode of every operation without one
 * @param replay of every operation without one
 * @param unlisted of addresses outside of every operation
 */
record Defaults(
        Duration tokenLifetime,
        Duration rotationInterval,
        Duration leaseDuration,
        Duration outageGrace,
        Mode mode,
        ReplayScope replay,
        Mode unlisted) {

    private static final List<String> KEYS = List.of(
            "tokenLifetime", "rotationInterval", "leaseDuration", "outageGrace", "mode", ReplaySetting.KEY, "unlisted");

    /** Those of a file's section {@code defaults}, and the standard ones for what it leaves out. */
    static Defaults read(Section file) {
        return file.find("defaults").map(Defaults::read).orElseGet(Defaults::standard);
    }

    private static Defaults read(Located where) {
        Section section = Section.of(where, KEYS);
        Defaults defaults = new Defaults(
                read(section, TimeSetting.TOKEN_LIFETIME),
                read(section, TimeSetting.ROTATION_INTERVAL),
                read(section, TimeSetting.LEASE_DURATION),
                read(section, TimeSetting.OUTAGE_GRACE),
                ModeSetting.OPERATION.read(section, Mode.STRICT),
                ReplaySetting.read(section, ReplayScope.NODE),
                unlisted(section));
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
                TimeSetting.LEASE_DURATION.standard(),
                TimeSetting.OUTAGE_GRACE.standard(),
                Mode.STRICT,
                ReplayScope.NODE,
                Mode.OFF);
    }

    /** One that was refused asks for no more than the others would: the lack of operations is not reported on top. */
    private static Mode unlisted(Section section) {
        boolean set = section.find(ModeSetting.UNLISTED.key()).isPresent();
        return ModeSetting.UNLISTED.read(section, set ? Mode.OBSERVE : Mode.OFF);
    }

    /** True when a trust domain may go without operations, since it has something to see without them. */
    boolean observesUnlisted() {
        return unlisted.counts();
    }

    /** Blames the rotation, or the lease where the file leaves the rotation out. */
    private void checkRotation(Section section) {
        section.find(TimeSetting.ROTATION_INTERVAL.key())
                .or(() -> section.find(TimeSetting.LEASE_DURATION.key()))
                .ifPresent(where -> RotationRule.check(where, rotationInterval, leaseDuration));
    }
}

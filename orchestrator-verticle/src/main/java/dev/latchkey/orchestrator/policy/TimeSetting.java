// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;

/** A time that a policy sets, and its bounds. */
enum TimeSetting {

    /** A token renews at half of its life and needs time for that; a stolen one must not stay useful for days. */
    TOKEN_LIFETIME("tokenLifetime", Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofHours(24)),

    /** How long a provider key stays active. */
    ROTATION_INTERVAL("rotationInterval", Duration.ofHours(1), Duration.ofSeconds(1), Durations.MAX),

    /** A lease is renewed at half of its time. */
    LEASE_DURATION("leaseDuration", Duration.ofMinutes(5), Duration.ofSeconds(2), Durations.MAX),

    /** In which violations are counted together. */
    WINDOW("window", Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofHours(24)),

    /** How long a quarantine lasts. */
    QUARANTINE("quarantineFor", Duration.ofHours(1), Duration.ofSeconds(1), Durations.MAX),

    /** How long tokens may be used past their end in an outage; none at all if a file does not say. */
    OUTAGE_GRACE("outageGrace", Duration.ZERO, Duration.ZERO, Duration.ofHours(24));

    /** A time that is no typing error where none at all is of use. */
    private static final String NONE = "0s";

    private final String key;
    private final Duration standard;
    private final Duration least;
    private final Duration most;

    TimeSetting(String key, Duration standard, Duration least, Duration most) {
        this.key = key;
        this.standard = standard;
        this.least = least;
        this.most = most;
    }

    /** The name of the setting in a file. */
    String key() {
        return key;
    }

    /** What holds if a file does not say. */
    Duration standard() {
        return standard;
    }

    /**
     * The value in a section, or the fallback if it is not there. One that was refused reads as something that breaks no
     * rule about two settings: a problem is reported once, not once more for everything that depends on it.
     */
    Duration read(Section section, Duration fallback) {
        return section.find(key).map(this::parse).orElse(fallback);
    }

    private Duration parse(Located where) {
        try {
            return where.text().map(this::parse).orElse(harmless());
        } catch (IllegalArgumentException e) {
            where.refuse(String.valueOf(e.getMessage()));
            return harmless();
        }
    }

    private Duration parse(String text) {
        if (least.isZero() && text.equals(NONE)) {
            return Duration.ZERO;
        }
        Duration duration = Durations.parse(text);
        refuseIf(duration.compareTo(least) < 0, text, "too short", "write at least " + Durations.format(least));
        refuseIf(duration.compareTo(most) > 0, text, "too long", "write at most " + Durations.format(most));
        return duration;
    }

    private void refuseIf(boolean wrong, String text, String problem, String fix) {
        if (wrong) {
            throw new IllegalArgumentException(key + " '" + text + "' is " + problem + "; " + fix);
        }
    }

    private Duration harmless() {
        return this == LEASE_DURATION ? least : most;
    }
}

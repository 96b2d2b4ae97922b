// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the claims of every credential must say. Each method returns what it read, or refuses. */
final class ClaimRules {
    /** How far the issuer's clock may be off. */
    static final Duration CLOCK_SKEW = Duration.ofSeconds(5);

    /** The end of the year 9999: well below what overflows in milliseconds. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private ClaimRules() {}

    /** Refuses what is not valid yet, or not any more, or never: {@code nbf} and {@code exp} are both required. */
    static void requireTimely(JsonObject claims, long now) throws CredentialException {
        long from = seconds(claims, "nbf");
        long end = seconds(claims, "exp");
        if (now + CLOCK_SKEW.toMillis() < from * 1000) {
            throw new CredentialException("not valid yet");
        }
        if (now - CLOCK_SKEW.toMillis() >= end * 1000) {
            throw new CredentialException("expired");
        }
    }

    /** Refuses what lives longer than its kind may. */
    static void requireShort(JsonObject claims, Duration most) throws CredentialException {
        if (seconds(claims, "exp") - seconds(claims, "nbf") > most.toSeconds()) {
            throw new CredentialException("valid for longer than " + most.toMinutes() + " minutes");
        }
    }

    /** A time, rounded down to whole seconds. */
    static long seconds(JsonObject claims, String name) throws CredentialException {
        if (!(claims.getValue(name) instanceof Number number)) {
            throw new CredentialException(name + " is missing or no number");
        }
        // As a double, since a whole number of any size may stand there.
        if (!(Math.abs(number.doubleValue()) <= LAST_SECOND)) {
            throw new CredentialException(name + " is out of range");
        }
        return number.longValue();
    }

    /** A text that is not empty. */
    static String text(@Nullable JsonObject claims, String name) throws CredentialException {
        if (claims == null || !(claims.getValue(name) instanceof String text) || text.isEmpty()) {
            throw new CredentialException(name + " is missing or no text");
        }
        return text;
    }

    /** Refuses another value. */
    static void require(boolean holds, String rule) throws CredentialException {
        if (!holds) {
            throw new CredentialException(rule);
        }
    }
}

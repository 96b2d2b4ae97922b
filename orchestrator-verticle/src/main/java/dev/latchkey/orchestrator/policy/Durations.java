// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as people write them: a whole number and a unit, such as {@code 500ms}, {@code 30s} or {@code 2d}. */
public final class Durations {

    /** Beyond ten years a number is a typing error; the bound also keeps every later sum far from overflow. */
    static final Duration MAX = Duration.ofDays(3650);

    private static final Pattern FORMAT = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = units();

    private Durations() {}

    /** Reads a time, or throws an IllegalArgumentException that reads {@code <problem>; <fix>}. */
    public static Duration parse(String text) {
        Matcher parts = FORMAT.matcher(text);
        refuseIf(
                !parts.matches(),
                Quote.of(text) + " is no time; write a positive whole number and a unit, such as 500ms, 30s, 5m, 1h"
                        + " or 2d");
        Duration duration = Duration.of(Long.parseLong(parts.group(1)), unit(parts.group(2)));
        refuseIf(duration.isZero(), Quote.of(text) + " is no time at all; write more than zero");
        refuseIf(duration.compareTo(MAX) > 0, Quote.of(text) + " is too long; write at most " + format(MAX));
        return duration;
    }

    /** Writes a time of whole milliseconds in the largest unit that needs no fraction. */
    static String format(Duration duration) {
        long millis = duration.toMillis();
        return UNITS.entrySet().stream()
                .filter(unit -> millis % unit.getValue().getDuration().toMillis() == 0)
                .findFirst()
                .map(unit -> millis / unit.getValue().getDuration().toMillis() + unit.getKey())
                .orElseThrow();
    }

    private static ChronoUnit unit(String name) {
        return Objects.requireNonNull(UNITS.get(name), name);
    }

    private static Map<String, ChronoUnit> units() {
        Map<String, ChronoUnit> units = new LinkedHashMap<>();
        units.put("d", ChronoUnit.DAYS);
        units.put("h", ChronoUnit.HOURS);
        units.put("m", ChronoUnit.MINUTES);
        units.put("s", ChronoUnit.SECONDS);
        units.put("ms", ChronoUnit.MILLIS);
        return units;
    }

    private static void refuseIf(boolean wrong, String reason) {
        if (wrong) {
            throw new IllegalArgumentException(reason);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.notice;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.count.EnumCounts;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Counts alarms and hits of bounds. Logs the first of each kind, then each time that their number doubles. Thread-safe. */
public final class Noticed {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.alarms");
    private static final int MAX_DETAIL = 160;

    private static final int REMEMBERED = 100;

    private final Clock clock;
    private final Recent<Raised> recent = new Recent<>(REMEMBERED);
    private final EnumCounts<Alarm> alarms = new EnumCounts<>(Alarm.class);
    private final EnumCounts<Bound> bounds = new EnumCounts<>(Bound.class);

    /** By the system's clock. */
    public Noticed() {
        this(Clock.systemUTC());
    }

    /** By this clock. */
    public Noticed(Clock clock) {
        this.clock = clock;
    }

    /**
     * An alarm as it was raised.
     *
     * @param detail cleaned, for people; may be the attacker's to choose
     */
    public record Raised(Instant at, Alarm alarm, String detail) {}

    /**
     * Raises an alarm.
     *
     * @param detail for people, cleaned before it is logged; may be the attacker's to choose
     */
    public void raise(Alarm alarm, String detail) {
        recent.add(new Raised(clock.instant(), alarm, clean(detail)));
        if (alarms.add(alarm)) {
            LOG.error("ALARM: " + alarm.text() + " (" + clean(detail) + "; " + alarms.of(alarm) + " so far)");
        }
    }

    /** Notes that a bound was hit. */
    public void hit(Bound bound) {
        if (bounds.add(bound)) {
            LOG.warn("a bound was hit: " + bound.text() + " (" + bound + ", " + bounds.of(bound) + " so far)");
        }
    }

    private static String clean(String text) {
        String cut = text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "..." : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** Alarms of a kind so far. */
    public long of(Alarm alarm) {
        return alarms.of(alarm);
    }

    /** Hits of a bound so far. */
    public long of(Bound bound) {
        return bounds.of(bound);
    }

    /** The alarms that were raised last, the oldest first. */
    public List<Raised> recent() {
        return recent.list();
    }

    /** Alarms that were raised, with their numbers. */
    public Map<Alarm, Long> alarms() {
        return alarms.snapshot();
    }
}

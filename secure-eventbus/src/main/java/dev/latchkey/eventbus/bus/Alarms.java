// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Alarm;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts alarms. Logs the first of each kind, then each time that their number doubles. Thread-safe. */
final class Alarms {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.alarms");

    private final Map<Alarm, AtomicLong> counts = new ConcurrentHashMap<>();

    /**
     * Raises an alarm.
     *
     * @param detail for people, cleaned before it is logged; may be the attacker's to choose
     */
    void raise(Alarm alarm, String detail) {
        long total = counts.computeIfAbsent(alarm, first -> new AtomicLong()).incrementAndGet();
        if (Long.bitCount(total) == 1) {
            LOG.error("ALARM: " + alarm.text() + " (" + LogText.of(detail) + "; " + total + " so far)");
        }
    }

    /** Alarms that were raised, with their numbers. */
    Map<Alarm, Long> snapshot() {
        Map<Alarm, Long> snapshot = new EnumMap<>(Alarm.class);
        counts.forEach((alarm, count) -> snapshot.put(alarm, count.get()));
        return snapshot;
    }

    /** The number of one kind so far. */
    long of(Alarm alarm) {
        AtomicLong count = counts.get(alarm);
        return count == null ? 0 : count.get();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what was refused. Logs the first of each reason, then each time that their number doubles. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.refusals");

    private final Map<DenialReason, AtomicLong> counts = new ConcurrentHashMap<>();

    /** Notes a refusal; the address is the attacker's to choose, so it is cleaned before it is logged. */
    void note(DenialReason reason, String address) {
        long total = counts.computeIfAbsent(reason, first -> new AtomicLong()).incrementAndGet();
        if (Long.bitCount(total) == 1) {
            LOG.warn("refused " + reason + " on '" + LogText.of(address) + "' (" + total + " so far)");
        }
    }

    /** Reasons that occurred, with their numbers. */
    Map<DenialReason, Long> snapshot() {
        Map<DenialReason, Long> snapshot = new EnumMap<>(DenialReason.class);
        counts.forEach((reason, count) -> snapshot.put(reason, count.get()));
        return snapshot;
    }

    /** The number of one kind so far. */
    long of(DenialReason reason) {
        AtomicLong count = counts.get(reason);
        return count == null ? 0 : count.get();
    }
}

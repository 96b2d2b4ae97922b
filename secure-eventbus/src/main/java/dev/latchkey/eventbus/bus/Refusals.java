// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what was refused. Logs the first of each reason, then each time that their number doubles. Thread-safe. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.refusals");

    private final AtomicLongArray counts = new AtomicLongArray(DenialReason.values().length);

    /** Notes a refusal; the address is the attacker's to choose, so it is cut and cleaned before it is logged. */
    void note(DenialReason reason, String address) {
        long total = counts.incrementAndGet(reason.ordinal());
        if (Long.bitCount(total) == 1) {
            LOG.warn("refused " + reason + " on '" + printable(address) + "' (" + total + " so far)");
        }
    }

    private static String printable(String address) {
        String cut = address.length() > 80 ? address.substring(0, 80) + "..." : address;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** Reasons that occurred, with their numbers. */
    Map<DenialReason, Long> snapshot() {
        Map<DenialReason, Long> snapshot = new EnumMap<>(DenialReason.class);
        for (DenialReason reason : DenialReason.values()) {
            long count = counts.get(reason.ordinal());
            if (count > 0) {
                snapshot.put(reason, count);
            }
        }
        return snapshot;
    }
}

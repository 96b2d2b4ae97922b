// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.count.EnumCounts;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;

/** Counts hits of bounds. Logs the first of each, then each time that their number doubles. Thread-safe. */
final class Bounds {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.bounds");

    private final EnumCounts<Bound> hits = new EnumCounts<>(Bound.class);

    void hit(Bound bound) {
        if (hits.add(bound)) {
            LOG.warn("a bound was hit: " + bound.text() + " (" + bound + ", " + hits.of(bound) + " so far)");
        }
    }

    /** How often it was hit. */
    long of(Bound bound) {
        return hits.of(bound);
    }
}

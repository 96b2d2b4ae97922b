// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.SentName;
import java.time.Duration;

/**
 * Requests that were sent again in another message, which has arrived here: of the two only that one may be taken. Thread-safe.
 *
 * <p>Kept for as long as the first message is fresh. Bounded, and full means that no more of them are taken: to forget one would let
 * its first message in.
 */
final class Withdrawn {
    static final int MAX = 100_000;

    /** A message is fresh for a minute before and after its time, and clocks may differ a little. */
    private static final Duration KEPT = RequestGate.FRESHNESS.multipliedBy(2).plusSeconds(30);

    private final Cache<SentName, Boolean> names =
            Caffeine.newBuilder().expireAfterWrite(KEPT).build();

    /** Refuses the second message that stands for one request. */
    void add(SentName first) throws Refusal {
        if (names.estimatedSize() >= MAX) {
            throw new Refusal(DenialReason.OVERLOADED);
        }
        if (names.asMap().putIfAbsent(first, true) != null) {
            throw new Refusal(DenialReason.REPLAYED);
        }
    }

    /** Refuses a message that another one has taken the place of. */
    void require(SentName message) throws Refusal {
        if (names.getIfPresent(message) != null) {
            throw new Refusal(DenialReason.REPLAYED);
        }
    }

    /** True when there is nothing to look for, as nearly always. */
    boolean isEmpty() {
        return names.estimatedSize() == 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Names of the instances of this JVM, and of those that are no more, as long as a message of theirs is fresh. Thread-safe.
 *
 * <p>What instances publish reaches the consumers of their own JVM without the wire. So one of their publishes that comes over the wire is
 * one that somebody recorded on its way to another node.
 */
final class OwnInstances {
    /** A message is fresh for a minute before and after its time, and clocks may differ a little. */
    static final Duration KEPT = RequestGate.FRESHNESS.multipliedBy(2).plusSeconds(30);

    private final Set<String> here = ConcurrentHashMap.newKeySet();
    private final Cache<String, Boolean> gone;

    /** @param clock milliseconds */
    OwnInstances(LongSupplier clock) {
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.getAsLong());
        this.gone = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .executor(Runnable::run)
                .build();
    }

    /** Notes that there is an instance of this name. */
    void came(String instance) {
        here.add(instance);
    }

    /** Notes that there is no instance of this name any more; none has an empty one. */
    void left(String instance) {
        if (!instance.isEmpty()) {
            gone.put(instance, true);
        }
        here.remove(instance);
    }

    /** True for one that is here, or left a short while ago. */
    boolean have(String instance) {
        return here.contains(instance) || gone.getIfPresent(instance) != null;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** The registrations of all instances, shared by all orchestrators. */
public final class Leases {
    private final SealedMap map;
    private final Clock clock;

    /** Leases kept in a map. */
    public Leases(SealedMap map, Clock clock) {
        this.map = map;
        this.clock = clock;
    }

    /** The lease of an instance, if it has one that is not over. */
    public Future<Optional<Lease>> find(String instance) {
        return map.get(instance).map(found -> found.map(SealedMap.Found::content)
                .map(Lease::fromBytes)
                .filter(lease -> !lease.isOver(clock.millis())));
    }

    /** Writes a lease; it leaves the map by itself when it is over. */
    public Future<Lease> keep(String instance, Lease lease) {
        Duration left = Duration.ofMillis(Math.max(1, lease.expiresAt() - clock.millis()));
        return map.put(instance, lease.toBytes(), left).map(lease);
    }

    /** Ends a lease. */
    public Future<Void> end(String instance) {
        return map.remove(instance);
    }
}

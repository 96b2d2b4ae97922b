// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.Alarm;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The registrations of all instances, shared by all orchestrators.
 *
 * <p>Each orchestrator remembers what it wrote or found: a lease that it ended and that is there again, or one that ends sooner than
 * it did before, was put back. Of what other orchestrators wrote meanwhile it cannot tell.
 */
public final class Leases {
    /** Two questions of one instance may be answered at once, and be written in the other order. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    /** How long the end of a lease stays in the map. */
    private static final Duration GONE_AFTER = Duration.ofSeconds(1);

    private final SealedMap map;
    private final Clock clock;
    private final LeaseMemory memory;

    /** Leases kept in a map. */
    public Leases(SealedMap map, Clock clock) {
        this(map, clock, LeaseMemory.MAX);
    }

    Leases(SealedMap map, Clock clock, int remembered) {
        this.map = map;
        this.clock = clock;
        this.memory = new LeaseMemory(remembered, map.noticed());
    }

    /** The lease of an instance, if it has one that is not over. */
    public Future<Optional<Lease>> find(String instance) {
        // Looked at first: what is written while the map is read cannot be what the map should have said.
        LeaseMemory.Mark before = memory.of(instance);
        return map.get(instance, Lease::fromBytes).map(found -> found.flatMap(lease -> newest(instance, lease, before))
                .filter(lease -> !lease.isOver(clock.millis())));
    }

    /** What was put back counts for nothing: what this orchestrator remembers does. */
    private Optional<Lease> newest(String instance, Lease found, LeaseMemory.@Nullable Mark before) {
        if (found.isEnd()) {
            memory.ended(instance);
            return Optional.empty();
        }
        if (before == null || !isPutBack(found, before)) {
            memory.saw(instance, found, clock.millis());
            return Optional.of(found);
        }
        map.noticed().raise(Alarm.ROLLED_BACK_RECORD, "the lease of " + instance);
        return before.ended() ? Optional.empty() : Optional.of(before.lease());
    }

    private static boolean isPutBack(Lease found, LeaseMemory.Mark before) {
        return before.ended()
                || found.expiresAt() + TOLERANCE.toMillis() < before.lease().expiresAt();
    }

    /** Writes a lease; it leaves the map by itself when it is over. */
    public Future<Lease> keep(String instance, Lease lease) {
        Duration left = Duration.ofMillis(Math.max(1, lease.expiresAt() - clock.millis()));
        return map.put(instance, lease.toBytes(), left).map(done -> {
            memory.wrote(instance, lease, clock.millis());
            return lease;
        });
    }

    /**
     * Ends a lease, by writing one that is over in its place: Hazelcast brings back what it removes, and where somebody put an object
     * there that cannot be, it never answers.
     */
    public Future<Void> end(String instance) {
        return map.put(instance, Lease.ended().toBytes(), GONE_AFTER).onSuccess(done -> memory.ended(instance));
    }

    /** The living leases that this orchestrator wrote or found. */
    public List<Lease> known() {
        return memory.living(clock.millis());
    }

    /** The living leases by the names of their instances, whoever wrote them; so many at most. */
    public Future<Map<String, Lease>> byInstance(int most) {
        return map.named(Lease::fromBytes, most).map(named -> {
            named.values().removeIf(lease -> lease.isOver(clock.millis()));
            return named;
        });
    }

    /** All living leases, whoever wrote them: a look at the whole map. */
    public Future<List<Lease>> all() {
        return map.all(Lease::fromBytes).map(all -> all.stream()
                .filter(lease -> !lease.isOver(clock.millis()))
                .toList());
    }
}

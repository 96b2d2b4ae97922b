// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.benchmarks.Turns;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Instances in one JVM, each with a bus and tokens of its own, whose messages take {@link Turns}. */
final class Callers {
    private static final int JOINING_AT_ONCE = 32;

    private final Supplier<Future<SecureEventBus>> joining;
    private final List<EventBus> joined = new CopyOnWriteArrayList<>();

    /** Those that there were when messages were last sent. */
    private EventBus[] buses;

    private Turns turns = new Turns(1, 0);

    /**
     * One, which others can be added to.
     *
     * @param joining has one more of them join
     */
    Callers(EventBus first, Supplier<Future<SecureEventBus>> joining) {
        this.joining = joining;
        this.joined.add(first);
        this.buses = joined.toArray(EventBus[]::new);
    }

    /** One, which has nothing to join. */
    static Callers only(EventBus bus) {
        return new Callers(bus, () -> Future.failedFuture("this mode has one caller only"));
    }

    /** Has more of them join. */
    Future<Void> add(int count) {
        List<Future<Void>> lines = IntStream.range(0, JOINING_AT_ONCE)
                .mapToObj(line -> line(count / JOINING_AT_ONCE + (line < count % JOINING_AT_ONCE ? 1 : 0)))
                .toList();
        return Future.all(lines)
                .onSuccess(all -> buses = joined.toArray(EventBus[]::new))
                .mapEmpty();
    }

    private Future<Void> line(int count) {
        return count == 0
                ? Future.succeededFuture()
                : joining.get().onSuccess(joined::add).compose(bus -> line(count - 1));
    }

    /** As {@link NodeBus#takeTurns}. */
    void takeTurns(int together) {
        turns = new Turns(buses.length, together);
    }

    /** Whose turn it is. On one thread. */
    EventBus next() {
        return buses[turns.next()];
    }
}

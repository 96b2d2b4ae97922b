// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Handler;
import io.vertx.core.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A Vertx whose timers a test runs. Its pauses are noted, and end at once. */
final class ManualVertx extends VertxWrapper {
    final List<Long> pauses = new CopyOnWriteArrayList<>();
    private final Map<Long, Waiting> timers = new ConcurrentSkipListMap<>();
    private final AtomicLong ids = new AtomicLong();

    /** A timer that was set. */
    private record Waiting(long delay, Handler<Long> handler) {}

    ManualVertx(Vertx vertx) {
        super((VertxInternal) vertx);
    }

    @Override
    public long setTimer(long delay, Handler<Long> handler) {
        long id = ids.incrementAndGet();
        timers.put(id, new Waiting(delay, handler));
        return id;
    }

    @Override
    public boolean cancelTimer(long id) {
        return timers.remove(id) != null;
    }

    @Override
    public Timer timer(long delay, TimeUnit unit) {
        pauses.add(unit.toMillis(delay));
        return super.timer(1, TimeUnit.MILLISECONDS);
    }

    /** The delays of the timers that are set, oldest first. */
    List<Long> delays() {
        return timers.values().stream().map(Waiting::delay).toList();
    }

    /** Ends the wait of all timers of this delay, of which there must be one. */
    void elapse(long delay) {
        List<Long> due = new ArrayList<>();
        timers.forEach((id, timer) -> due.addAll(timer.delay() == delay ? List.of(id) : List.of()));
        assertThat(due).as("timers of %d among %s", delay, delays()).isNotEmpty();
        due.forEach(this::fire);
    }

    private void fire(long id) {
        Waiting timer = timers.remove(id);
        if (timer != null) {
            timer.handler().handle(id);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * Instances that come and go: each joins, sends a few requests, and leaves. One at a time, on one context. On the plain bus there is
 * nothing to join.
 */
final class Churn {
    private static final long PAUSE_MILLIS = 100;
    private static final int REQUESTS = 3;
    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(Load.TIMEOUT_MILLIS);

    private final Vertx vertx;
    private final NodeSettings settings;
    private final int caller;
    private final MessageLedger ledger;
    private final Durations joins = new Durations();
    private final Endings endings = new Endings();
    private int next;
    private long joined;
    private long failedJoins;
    private boolean running;
    private boolean busy;

    Churn(Vertx vertx, NodeSettings settings, SoakLedgers ledgers, int caller) {
        this.vertx = vertx;
        this.settings = settings;
        this.caller = caller;
        this.ledger = ledgers.sent(caller, Kind.CHURN);
    }

    void start() {
        running = true;
        again();
    }

    void stop() {
        running = false;
    }

    private void again() {
        if (running) {
            busy = true;
            live().onComplete(done -> {
                busy = false;
                vertx.setTimer(PAUSE_MILLIS, id -> again());
            });
        }
    }

    private Future<Void> live() {
        long begun = System.nanoTime();
        return SoakBus.of(settings)
                .join(vertx, settings, "caller")
                .onSuccess(bus -> joined++)
                .onFailure(failure -> failedJoins++)
                .compose(bus -> requests(bus, begun).eventually(() -> SoakBus.leave(bus)));
    }

    private Future<Void> requests(EventBus bus, long begun) {
        Future<?> done = request(bus).onSuccess(first -> joins.add(System.nanoTime() - begun));
        for (int i = 1; i < REQUESTS; i++) {
            done = done.transform(before -> request(bus));
        }
        return done.mapEmpty();
    }

    private Future<?> request(EventBus bus) {
        int number = next++;
        ledger.put(number, Outcome.SENT);
        return bus.<Object>request(Kind.CHURN.address(), new SoakMessage(caller, number).toBody(), OPTIONS)
                .onComplete(end -> ended(number, end));
    }

    private void ended(int number, AsyncResult<Message<Object>> end) {
        ledger.put(number, end.succeeded() ? Outcome.ANSWERED : endings.of(end.cause()));
    }

    boolean isBusy() {
        return busy;
    }

    /** From asking to join to the first answer. */
    Durations joins() {
        return joins;
    }

    long joined() {
        return joined;
    }

    long failedJoins() {
        return failedJoins;
    }

    Endings endings() {
        return endings;
    }
}

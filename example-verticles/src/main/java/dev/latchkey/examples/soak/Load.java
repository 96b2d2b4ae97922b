// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;

/**
 * What a caller sends: requests and sends at a steady rate, each written down. Bounded in what is under way. All of it runs on one
 * context.
 */
final class Load {
    private static final long TICK_MILLIS = 10;
    private static final long TICKS_PER_SECOND = 1_000 / TICK_MILLIS;
    private static final int MAX_UNDER_WAY = 1_024;

    /** How long a request waits for its answer. */
    static final long TIMEOUT_MILLIS = 10_000;

    private static final DeliveryOptions OPTIONS = new DeliveryOptions().setSendTimeout(TIMEOUT_MILLIS);

    private final Vertx vertx;
    private final EventBus bus;
    private final int caller;
    private final long perSecond;
    private final MessageLedger requests;
    private final MessageLedger sends;
    private final Endings endings = new Endings();
    private long timer = -1;
    private long ticks;
    private int requested;
    private int sent;
    private int underWay;

    /** A load of a caller, with as many requests as sends. */
    Load(Vertx vertx, EventBus bus, SoakLedgers ledgers, int caller, long perSecond) {
        this.vertx = vertx;
        this.bus = bus;
        this.caller = caller;
        this.perSecond = perSecond;
        this.requests = ledgers.sent(caller, Kind.REQUEST);
        this.sends = ledgers.sent(caller, Kind.SEND);
    }

    void start() {
        timer = vertx.setPeriodic(TICK_MILLIS, id -> tick());
    }

    void stop() {
        vertx.cancelTimer(timer);
    }

    private void tick() {
        long before = due();
        ticks++;
        for (long i = before; i < due() && underWay < MAX_UNDER_WAY; i++) {
            request(requested++);
            send(sent++);
        }
    }

    /** Of each kind, so far. What could not be sent in its tick, as too much was under way, is not made up for. */
    private long due() {
        return ticks * perSecond / TICKS_PER_SECOND;
    }

    private void request(int number) {
        requests.put(number, Outcome.SENT);
        underWay++;
        try {
            bus.<Object>request(Kind.REQUEST.address(), body(number), OPTIONS).onComplete(end -> ended(number, end));
        } catch (RuntimeException e) {
            underWay--;
            requests.put(number, endings.of(e));
        }
    }

    private void ended(int number, AsyncResult<Message<Object>> end) {
        underWay--;
        requests.put(number, end.succeeded() ? Outcome.ANSWERED : endings.of(end.cause()));
    }

    private void send(int number) {
        sends.put(number, Outcome.SENT);
        try {
            bus.send(Kind.SEND.address(), body(number));
        } catch (RuntimeException e) {
            sends.put(number, endings.of(e));
        }
    }

    private Buffer body(int number) {
        return new SoakMessage(caller, number).toBody();
    }

    /** Requests whose end is not known yet. */
    int underWay() {
        return underWay;
    }

    /** Messages sent so far, requests included. */
    long messages() {
        return (long) requested + sent;
    }

    Endings endings() {
        return endings;
    }
}

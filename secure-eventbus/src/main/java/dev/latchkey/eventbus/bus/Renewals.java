// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/**
 * When an instance renews: on time, sooner when something asks for it, later and later while no attempt succeeds. One attempt runs
 * at a time. Thread-safe.
 */
final class Renewals {
    /** How often an instance renews because somebody says that its tokens are stale, which anybody can: so often at once ... */
    private static final int ASKED_MOST = 3;

    /** ... and once more after each time of this length. */
    private static final long ASKED_MILLIS = 5_000;

    private static final long NEVER = Long.MIN_VALUE;

    private final Vertx vertx;
    private final LongSupplier clock;
    private final Function<Integer, Future<Long>> attempt;
    private final ToLongBiFunction<Throwable, Integer> pause;
    private final Runnable settled;
    private @Nullable Promise<Void> running;
    private @Nullable Promise<Void> next;
    private long timer = -1;
    private long failedAt = NEVER;
    private int failures;
    private long again = -1;
    private boolean stopped;
    private boolean sooner;
    private long asked;

    /**
     * @param clock milliseconds
     * @param attempt one renewal, after so many failures in a row; brings the milliseconds until the next
     * @param pause milliseconds until the next attempt, after a failure and the number of failures in a row
     * @param settled runs after each attempt
     */
    Renewals(
            Vertx vertx,
            LongSupplier clock,
            Function<Integer, Future<Long>> attempt,
            ToLongBiFunction<Throwable, Integer> pause,
            Runnable settled) {
        this.vertx = vertx;
        this.clock = clock;
        this.attempt = attempt;
        this.pause = pause;
        this.settled = settled;
    }

    /** What was granted by other means than a renewal counts as one. */
    synchronized void granted(long renewAfter) {
        succeeded(renewAfter);
    }

    /** Renews within so many milliseconds. A renewal that is under way may bring what was so before, so another follows it. */
    synchronized void within(long millis) {
        if (running == null) {
            schedule(millis);
        } else {
            again = millis;
        }
    }

    /**
     * Renews now, unless that was asked for too often, or attempts are failing and the next will be made in its time.
     *
     * @return the outcome of the attempt; done when there is nothing to wait for; failed while attempts fail
     */
    Future<Void> refresh() {
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            if (stopped || failures > 0) {
                return Future.failedFuture("no orchestrator was reached");
            }
            if (!mayBeAsked()) {
                return Future.succeededFuture();
            }
        }
        return now();
    }

    /** Each asking takes a time of its own, and they may run ahead of the clock for a few. */
    private boolean mayBeAsked() {
        long now = clock.getAsLong();
        long next = Math.max(asked, now) + ASKED_MILLIS;
        boolean may = next <= now + ASKED_MOST * ASKED_MILLIS;
        asked = may ? next : asked;
        return may;
    }

    /**
     * Notes that an orchestrator answered somebody else: while attempts fail, the next is then made sooner. One of an age that was known
     * when the last attempt failed says nothing, so nobody can have attempts made by showing the same answer again.
     *
     * @param time when it answered, by the clock of renewals
     * @param millis how long to wait
     */
    synchronized void answeredOthers(long time, long millis) {
        if (failures > 0 && running == null && !sooner && time > failedAt) {
            sooner = true;
            schedule(millis);
        }
    }

    /** The outcome of the next attempt, if it is made sooner because an orchestrator answered somebody else; else a failure. */
    synchronized Future<Void> sooner() {
        if (!sooner) {
            return Future.failedFuture("no orchestrator was reached");
        }
        Promise<Void> awaited = next == null ? Promise.promise() : next;
        next = awaited;
        return awaited.future();
    }

    /** Renews now. */
    Future<Void> now() {
        Promise<Void> mine = Promise.promise();
        int failed;
        synchronized (this) {
            if (running != null) {
                return running.future();
            }
            if (stopped) {
                return Future.failedFuture("left");
            }
            vertx.cancelTimer(timer);
            sooner = false;
            running = mine;
            failed = failures;
        }
        attempt.apply(failed).onComplete(result -> finish(result, mine));
        return mine.future();
    }

    private void finish(AsyncResult<Long> result, Promise<Void> mine) {
        Promise<Void> awaited;
        synchronized (this) {
            running = null;
            awaited = next;
            next = null;
            if (result.succeeded()) {
                succeeded(result.result());
            } else {
                failedAt = clock.getAsLong();
                schedule(pause.applyAsLong(result.cause(), ++failures));
            }
        }
        settled.run();
        mine.handle(result.mapEmpty());
        if (awaited != null) {
            awaited.handle(result.mapEmpty());
        }
    }

    private void succeeded(long renewAfter) {
        failures = 0;
        schedule(again < 0 ? renewAfter : again);
        again = -1;
    }

    private void schedule(long millis) {
        vertx.cancelTimer(timer);
        if (!stopped) {
            timer = vertx.setTimer(Math.max(1, millis), id -> now());
        }
    }

    /** True while attempts fail. */
    synchronized boolean areFailing() {
        return failures > 0;
    }

    /** True when an attempt failed at this time or later. */
    synchronized boolean failedSince(long time) {
        return failedAt >= time;
    }

    /** No more attempts. */
    synchronized void stop() {
        stopped = true;
        vertx.cancelTimer(timer);
    }
}

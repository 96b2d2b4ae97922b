// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells subscribers what happens, by looking at it again and again while there is any: so what other orchestrators do is told too.
 *
 * <p>Subscribers are bounded, and who does not read is dropped: an event is never kept for anybody. All methods run on one context.
 */
final class EventFeed {
    static final int MAX_SUBSCRIBERS = 32;

    /** What happens from now on is told. */
    private static final String HELLO = "event: hello\ndata: {}\n\n";

    private static final long LOOK_MILLIS = 1_000;
    private static final int LOOKS_PER_HEARTBEAT = 15;

    private final Vertx vertx;
    private final Context context;
    private final Control control;
    private final Clock clock;
    private final List<Subscriber> subscribers = new ArrayList<>();
    private @Nullable FeedState last;
    private long timer = -1;
    private long looks;
    private long number;
    private boolean looking;

    EventFeed(Vertx vertx, Context context, Control control) {
        this.vertx = vertx;
        this.context = context;
        this.control = control;
        this.clock = control.clock();
    }

    private record Subscriber(HttpServerResponse response, Caller caller) {}

    /** Begins a stream, which ends with the caller's token at the latest. */
    void subscribe(HttpServerResponse response, Caller caller) {
        if (subscribers.size() >= MAX_SUBSCRIBERS) {
            throw new ApiException(
                    Problem.TOO_MANY, "there are " + MAX_SUBSCRIBERS + " subscribers already; close one");
        }
        Subscriber subscriber = new Subscriber(response, caller);
        response.setChunked(true).putHeader("Content-Type", "text/event-stream");
        response.closeHandler(closed -> drop(subscriber));
        response.exceptionHandler(failure -> drop(subscriber));
        subscribers.add(subscriber);
        response.write(": welcome\n\n");
        if (last != null) {
            write(response, HELLO);
        }
        if (timer < 0) {
            timer = vertx.setPeriodic(LOOK_MILLIS, id -> look());
            look();
        }
    }

    int subscribers() {
        return subscribers.size();
    }

    private void drop(Subscriber subscriber) {
        subscribers.remove(subscriber);
        if (subscribers.isEmpty()) {
            close();
        }
    }

    /** One look at a time. One that fails is made again: its failure is told by the orchestrator itself. */
    private void look() {
        if (++looks % LOOKS_PER_HEARTBEAT == 0) {
            write(": still here\n\n");
        }
        dropEnded();
        if (!looking) {
            looking = true;
            FeedState.of(control).onComplete((state, failure) -> context.runOnContext(now -> seen(state)));
        }
    }

    private void dropEnded() {
        List.copyOf(subscribers).stream()
                .filter(one -> !clock.instant().isBefore(one.caller().end()))
                .forEach(one -> one.response().end());
    }

    private void seen(@Nullable FeedState state) {
        looking = false;
        if (state == null || timer < 0) {
            return;
        }
        FeedState before = last;
        last = state;
        if (before == null) {
            write(HELLO);
        } else {
            state.since(before).forEach(event -> write(event.text(++number)));
        }
    }

    private void write(String text) {
        List.copyOf(subscribers).forEach(one -> write(one.response(), text));
    }

    private static void write(HttpServerResponse response, String text) {
        if (response.writeQueueFull()) {
            response.reset();
        } else {
            response.write(text).onFailure(gone -> response.reset());
        }
    }

    /** Looks no more until somebody subscribes. */
    void close() {
        vertx.cancelTimer(timer);
        timer = -1;
        last = null;
        List.copyOf(subscribers).forEach(one -> one.response().end());
        subscribers.clear();
    }
}

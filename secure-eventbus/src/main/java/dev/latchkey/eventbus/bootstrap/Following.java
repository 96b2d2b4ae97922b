// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.Bootstrap;
import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.BootstrapOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Knows an orchestrator and what it tells, and goes where DNS says that it went. DNS is asked anew when the TTL of its answer is over; the
 * document is fetched anew when its place is none of the answer any more, or half of its time is over. Whatever fails meanwhile, what was
 * known stays. Works on one context.
 */
public final class Following implements Bootstrap {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.bootstrap");
    private static final Duration SHORTEST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration MAX_RETRY = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 8;

    private final Vertx vertx;
    private final Context context;
    private final Clock clock;
    private final BootstrapOptions options;
    private final Search search;
    private volatile @Nullable Found found;
    private volatile @Nullable Throwable failure;
    private volatile @Nullable Handler<BootstrapDocument> handler;
    private volatile boolean closed;
    private long fetchedAt;
    private int failures;
    private long timer = -1;

    private Following(Vertx vertx, BootstrapOptions options, Clock clock) {
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.clock = clock;
        this.options = options;
        this.search = new Search(
                options,
                new VertxDns(vertx, options.getNameServerHost(), options.getNameServerPort()),
                new DocumentHttp(vertx)::get,
                clock::millis);
    }

    /** See {@link Bootstrap#find}. */
    public static Future<Bootstrap> begin(Vertx vertx, BootstrapOptions options, Clock clock) {
        try {
            return begin(new Following(vertx, options, clock));
        } catch (RuntimeException e) {
            // Vert.x's clients throw at once what they cannot do; whoever looks for an orchestrator awaits a future.
            return Future.failedFuture(e);
        }
    }

    private static Future<Bootstrap> begin(Following following) {
        long patience = following.options.getTimeout().toMillis();
        Promise<Bootstrap> begun = Promise.promise();
        following.context.runOnContext(now -> following
                .look(following.clock.millis() + patience)
                .timeout(patience + RETRY.toMillis(), TimeUnit.MILLISECONDS)
                .recover(following::told)
                .<Bootstrap>map(following)
                .onFailure(failure -> following.close())
                .onComplete(begun));
        return begun.future();
    }

    /** A time that is up says nothing of those who were asked by then. */
    private Future<Void> told(Throwable cause) {
        return Future.failedFuture(cause instanceof TimeoutException ? search.timeIsUp() : cause);
    }

    /** Once more, and from DNS on, until it is found or the time is up: orchestrators may be about to start. */
    private Future<Void> look(long deadline) {
        return refresh()
                .recover(failure -> clock.millis() + RETRY.toMillis() < deadline && !closed
                        ? vertx.timer(RETRY.toMillis()).compose(waited -> look(deadline))
                        : Future.failedFuture(failure));
    }

    private Future<Void> refresh() {
        return search.places()
                .compose(places -> isStillThere(places)
                        ? Future.succeededFuture(places)
                        : search.first(places.places()).map(now -> {
                            take(now);
                            return places;
                        }))
                .onComplete(done -> schedule(done.succeeded() ? done.result() : null, done.cause()))
                .mapEmpty();
    }

    private boolean isStillThere(Places places) {
        Found known = found;
        long now = clock.millis();
        return known != null
                && places.places().contains(known.place())
                && now - fetchedAt < (known.document().expires() - fetchedAt) / 2;
    }

    private void take(Found now) {
        Found before = found;
        found = now;
        fetchedAt = clock.millis();
        if (before == null || !before.place().equals(now.place())) {
            LOG.info("bootstrap: an orchestrator is at " + now.place() + ", as pinned");
        }
        Handler<BootstrapDocument> told = handler;
        if (before != null && told != null && !saysTheSame(before.document(), now.document())) {
            context.runOnContext(later -> told.handle(now.document()));
        }
    }

    private static boolean saysTheSame(BootstrapDocument one, BootstrapDocument other) {
        return one.trustBundle().equals(other.trustBundle())
                && one.cluster().equals(other.cluster())
                && one.policy().equals(other.policy());
    }

    private void schedule(@Nullable Places places, @Nullable Throwable cause) {
        failure = cause;
        failures = cause == null ? 0 : failures + 1;
        if (failures == 1 && found != null) {
            LOG.warn("bootstrap: what is known stays, trying again: "
                    + Objects.requireNonNull(cause).getMessage());
        }
        vertx.cancelTimer(timer);
        if (!closed && found != null) {
            long pause = places == null ? retryMillis() : bounded(places.ttl()).toMillis();
            timer = vertx.setTimer(pause, id -> refresh());
        }
    }

    private long retryMillis() {
        return Math.min(RETRY.toMillis() << Math.min(failures - 1, MAX_DOUBLINGS), MAX_RETRY.toMillis());
    }

    private static Duration bounded(Duration ttl) {
        if (ttl.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
    }

    private Found found() {
        return Objects.requireNonNull(found, "nothing was found yet");
    }

    @Override
    public BootstrapDocument document() {
        return found().document();
    }

    @Override
    public String place() {
        return found().place().toString();
    }

    @Override
    public @Nullable Throwable failure() {
        return failure;
    }

    @Override
    public Bootstrap handler(@Nullable Handler<BootstrapDocument> changes) {
        handler = changes;
        return this;
    }

    @Override
    public void close() {
        closed = true;
        context.runOnContext(now -> vertx.cancelTimer(timer));
    }

    /** Names where it looks. */
    @Override
    public String toString() {
        return "Bootstrap[" + options.getName() + ", " + List.copyOf(options.getPins()) + "]";
    }
}

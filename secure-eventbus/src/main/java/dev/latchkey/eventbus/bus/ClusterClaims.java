// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One memory for all consumers, in a map of the cluster: whoever puts a request's mark first has it.
 *
 * <p>Marks have names that only the caller and the operation's providers can compute, so nobody else can put one ahead of a
 * request. Anyone in the cluster can delete them, though. Thread-safe.
 */
final class ClusterClaims implements Claims {
    static final String MAP = "latchkey.claims";

    /** A request is fresh for a minute before and after its time, and clocks may differ a little. */
    static final Duration KEPT = RequestGate.FRESHNESS.multipliedBy(2).plusSeconds(30);

    private final Vertx vertx;
    private volatile @Nullable AsyncMap<String, Buffer> marks;

    ClusterClaims(Vertx vertx) {
        this.vertx = vertx;
    }

    @Override
    public Future<Void> claim(ProviderSession session, Frame frame) {
        return claim(session, frame.sequence());
    }

    /** Claims a request of a session, on whichever side of it. Fails when it was claimed before, or the map cannot be reached. */
    Future<Void> claim(Session session, long sequence) {
        String name;
        try {
            name = session.claimName(sequence);
        } catch (IllegalStateException e) {
            // The session has ended, and with it the key that names its marks.
            return Future.failedFuture(e);
        }
        return marks().compose(map -> map.putIfAbsent(name, Buffer.buffer(), KEPT.toMillis()))
                .compose(before -> before == null
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Refusal(DenialReason.REPLAYED)));
    }

    private Future<AsyncMap<String, Buffer>> marks() {
        AsyncMap<String, Buffer> known = marks;
        return known != null
                ? Future.succeededFuture(known)
                : vertx.sharedData().<String, Buffer>getAsyncMap(MAP).onSuccess(map -> marks = map);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.bootstrap.Following;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * An orchestrator that was found before this process is in the cluster, and that is followed where it goes.
 *
 * <p>DNS says where to look, and is not believed: whoever is there must present a document that the pinned key signed. It may be
 * shared between threads.
 */
public interface Bootstrap extends AutoCloseable {
    /**
     * Finds an orchestrator: by SRV records in the order of priority and weight (RFC 2782), or by the addresses of the name. Each is tried in its
     * turn, and DNS asked anew, until one is found that can be believed.
     *
     * @param vertx any, clustered or not; not closed by this
     * @return fails with a {@link BootstrapException} when the time is up; the text says who was asked, what each presented, what is pinned, and what to do
     */
    static Future<Bootstrap> find(Vertx vertx, BootstrapOptions options) {
        return Following.begin(vertx, options, Clock.systemUTC());
    }

    /** What it told last. */
    BootstrapDocument document();

    /** Where it is, for people: host, port and address. */
    String place();

    /** Why the last look failed; null when it did not. What was known before is still there. */
    @Nullable
    Throwable failure();

    /** Tells of a document that says something else than the one before. One handler; null removes it. */
    Bootstrap handler(@Nullable Handler<BootstrapDocument> changes);

    /** Follows no longer. */
    @Override
    void close();
}

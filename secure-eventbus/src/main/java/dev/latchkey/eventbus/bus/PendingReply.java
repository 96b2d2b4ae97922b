// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.concurrent.atomic.AtomicBoolean;

/** A request that waits for its answer. Thread-safe. */
final class PendingReply {
    private final Session session;
    private final AtomicBoolean unauthenticatedFailure = new AtomicBoolean();
    private volatile boolean answered;

    PendingReply(Session session) {
        this.session = session;
    }

    /** The session that the answer must be sealed under. */
    Session session() {
        return session;
    }

    /** Notes a failure that nobody vouches for; true for the first. */
    boolean noteUnauthenticatedFailure() {
        return unauthenticatedFailure.compareAndSet(false, true);
    }

    /** Notes that an authentic answer has come, be it a failure. */
    void answered() {
        answered = true;
    }

    /** True when a failure of the request is one that nobody vouches for. */
    boolean failedUnauthenticated() {
        return unauthenticatedFailure.get() && !answered;
    }
}

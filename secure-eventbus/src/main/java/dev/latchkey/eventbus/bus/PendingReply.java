// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for its answer.
 *
 * @param session the session that the answer must be sealed under
 * @param unauthenticatedFailure whether a failure that nobody vouches for has come in
 */
record PendingReply(Session session, AtomicBoolean unauthenticatedFailure) {
    PendingReply(Session session) {
        this(session, new AtomicBoolean());
    }
}

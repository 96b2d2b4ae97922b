// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.token.TokenGrant;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages whose claims are being settled, in order: a message goes on when its own claim and all those ahead of it are settled.
 *
 * <p>One queue for each caller and each context that consumes; all that happens to a queue happens on its context. It is the caller's
 * and not its token's, as a claim under its next token may be settled first. Bounded in messages and bytes, and in time by the claims.
 */
final class ClaimQueue {
    private final Map<Line<Caller>, Queue<Entry>> queues = new ConcurrentHashMap<>();
    private final Backlog backlog;

    /** Queues whose messages count towards a backlog. */
    ClaimQueue(Backlog backlog) {
        this.backlog = backlog;
    }

    /** A message that waits, the settlement of its claim, and what becomes of it then. */
    private record Entry(int size, Future<Void> claim, Handler<AsyncResult<Void>> then) {}

    /** True when no message waits. */
    boolean isEmpty() {
        return queues.isEmpty();
    }

    /** True when a message under a token must queue behind others of its caller. Call it on the consumer's context. */
    boolean isHolding(TokenGrant grant) {
        if (queues.isEmpty()) {
            return false;
        }
        Line<Caller> line = Line.here(Caller.of(grant));
        return line != null && queues.containsKey(line);
    }

    /** True when a message of this size cannot be queued now. */
    boolean isFull(int size) {
        return backlog.isFull(size);
    }

    /**
     * Queues a message. Call it on the consumer's context.
     *
     * @param size the message's bytes
     * @param claim settles in bounded time
     * @param then goes on with the message, on its context
     * @return false off any context, where nothing could be resumed
     */
    boolean add(TokenGrant grant, int size, Future<Void> claim, Handler<AsyncResult<Void>> then) {
        Line<Caller> line = Line.here(Caller.of(grant));
        if (line == null) {
            return false;
        }
        backlog.add(size);
        queues.computeIfAbsent(line, first -> new ArrayDeque<>()).add(new Entry(size, claim, then));
        claim.onComplete(settled -> line.context().runOnContext(now -> release(line)));
        return true;
    }

    private void release(Line<Caller> line) {
        Queue<Entry> queue = queues.get(line);
        while (queue != null && !queue.isEmpty() && queue.peek().claim().isComplete()) {
            goOn(queue.remove());
        }
        if (queue != null && queue.isEmpty()) {
            queues.remove(line);
        }
    }

    private void goOn(Entry entry) {
        backlog.remove(entry.size());
        entry.then().handle(entry.claim());
    }
}

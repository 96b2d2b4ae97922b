// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Messages that wait for their token, in order.
 *
 * <p>One queue for each token and each context that consumes. All that happens to a queue happens on its context, so nothing
 * overtakes: a message that arrives while its token's queue is there goes to its end, even if it carries the token. The queue
 * is not the sending instance's: anyone can name an instance in a forged frame, and would hold up its true messages. Bounded in
 * queues, messages and bytes, and in time by the search; what exceeds a bound is not held, and refused by the caller of {@link
 * #hold}.
 */
final class Waiting {
    static final int MAX_QUEUES = 256;

    private final Map<Line, Queue<Held>> queues = new ConcurrentHashMap<>();
    private final Backlog backlog;
    private final Timing searches;

    /** A queue of queues whose messages count towards a backlog, and whose searches are timed. */
    Waiting(Backlog backlog, Timing searches) {
        this.backlog = backlog;
        this.searches = searches;
    }

    /** A message that waits. */
    private record Held(int bytes, Runnable resume) {}

    /** True when the token's messages are being held on this context. Call it on the consumer's context. */
    boolean isHolding(TokenId token) {
        if (queues.isEmpty()) {
            return false;
        }
        Line line = Line.of(token);
        return line != null && queues.containsKey(line);
    }

    /**
     * Holds a message. Call it on the consumer's context.
     *
     * @param size the message's bytes
     * @param resume goes on with the message, on its context, once the token was found or could not be
     * @param search looks for the token; called when the queue is new
     * @return false when a bound does not let it be held
     */
    boolean hold(TokenId token, int size, Runnable resume, Supplier<Future<Void>> search) {
        Line line = Line.of(token);
        if (line == null) {
            return false;
        }
        Queue<Held> queue = queues.get(line);
        if (backlog.isFull(size) || (queue == null && queues.size() >= MAX_QUEUES)) {
            return false;
        }
        backlog.add(size);
        Held held = new Held(size, resume);
        if (queue != null) {
            return queue.add(held);
        }
        begin(line, held, search);
        return true;
    }

    private void begin(Line line, Held first, Supplier<Future<Void>> search) {
        Queue<Held> queue = new ArrayDeque<>();
        queue.add(first);
        queues.put(line, queue);
        long begun = System.nanoTime();
        search(search).onComplete(found -> {
            searches.tookSince(begun);
            line.context().runOnContext(now -> release(line));
        });
    }

    /** A search that cannot even begin must still end, or its queue would be there forever. */
    private static Future<Void> search(Supplier<Future<Void>> search) {
        try {
            return search.get();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private void release(Line line) {
        Queue<Held> queue = queues.remove(line);
        if (queue != null) {
            queue.forEach(this::resume);
        }
    }

    private void resume(Held held) {
        backlog.remove(held.bytes());
        held.resume().run();
    }

    /** Messages that wait at this moment. */
    int size() {
        return backlog.messages();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for their token, in order.
 *
 * <p>One queue for each token and each context that consumes. All that happens to a queue happens on its context, so nothing
 * overtakes: a message that arrives while its token's queue is there goes to its end, even if it carries the token. The queue
 * is not the sending instance's: anyone can name an instance in a forged frame, and would hold up its true messages. Bounded in
 * queues and in messages; what exceeds a bound is not held, and refused by the caller of {@link #hold}.
 */
final class Waiting {
    static final int MAX_QUEUES = 256;
    static final int MAX_MESSAGES = 4096;

    private final Map<Line, Queue<Runnable>> queues = new ConcurrentHashMap<>();
    private final AtomicInteger messages = new AtomicInteger();

    /** Messages under one token to the consumers of one context. */
    private record Line(TokenId token, ContextInternal context) {}

    /** True when the token's messages are being held on this context. Call it on the consumer's context. */
    boolean isHolding(TokenId token) {
        if (queues.isEmpty()) {
            return false;
        }
        Line line = line(token);
        return line != null && queues.containsKey(line);
    }

    /**
     * Holds a message. Call it on the consumer's context.
     *
     * @param resume goes on with the message, on its context, once the token was found or could not be
     * @param search looks for the token; called when the queue is new
     * @return false when a bound does not let it be held
     */
    boolean hold(TokenId token, Runnable resume, Supplier<Future<Void>> search) {
        Line line = line(token);
        if (line == null) {
            return false;
        }
        Queue<Runnable> queue = queues.get(line);
        if (messages.get() >= MAX_MESSAGES || (queue == null && queues.size() >= MAX_QUEUES)) {
            return false;
        }
        messages.incrementAndGet();
        if (queue != null) {
            return queue.add(resume);
        }
        begin(line, resume, search);
        return true;
    }

    /** Null off any context, where nothing could be resumed. */
    private static @Nullable Line line(TokenId token) {
        ContextInternal current = ContextInternal.current();
        return current == null ? null : new Line(token, current.unwrap());
    }

    private void begin(Line line, Runnable first, Supplier<Future<Void>> search) {
        Queue<Runnable> queue = new ArrayDeque<>();
        queue.add(first);
        queues.put(line, queue);
        search(search).onComplete(found -> line.context().runOnContext(now -> release(line)));
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
        Queue<Runnable> queue = queues.remove(line);
        if (queue != null) {
            messages.addAndGet(-queue.size());
            queue.forEach(Runnable::run);
        }
    }

    /** Messages that wait at this moment. */
    int size() {
        return messages.get();
    }
}

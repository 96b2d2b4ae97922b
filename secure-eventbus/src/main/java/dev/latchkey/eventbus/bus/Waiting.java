// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.count.Timing;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that wait for their token, or for the key that it was made with, in order.
 *
 * <p>One queue for each token that is not known, or each caller whose token was made with a newer key than there is, and each context that
 * consumes. All that happens to a queue happens on its context, so nothing overtakes: a message that arrives while its queue is there goes
 * to its end, even if nothing of its own is missing.
 *
 * <p>The queue for an unknown token is not its instance's: anyone can name an instance in a forged frame, and would hold up its true
 * messages. One for a key is, as nobody but orchestrators can have it begun: the instance may renew its token meanwhile, and the key is
 * there a moment before those who wait for it are let go.
 *
 * <p>Bounded in queues, messages and bytes, and in time by the search; what exceeds a bound is not held, and refused by the caller of
 * {@link #hold}.
 */
final class Waiting {
    static final int MAX_QUEUES = 256;

    private final Map<Line<?>, Held> queues = new ConcurrentHashMap<>();
    private final Backlog backlog;
    private final Timing searches;

    /** A queue of queues whose messages count towards a backlog, and whose searches are timed. */
    Waiting(Backlog backlog, Timing searches) {
        this.backlog = backlog;
        this.searches = searches;
    }

    /**
     * A message that may be held.
     *
     * @param size its bytes
     * @param decide judges it for good, on its context, once what it waited for has come or could not
     * @param handle judges it as if it arrived now, on its context, once what others waited for has come or could not
     */
    record Waiter(TokenId token, int size, Runnable decide, Runnable handle) {}

    /** The messages of a line, and whose token or key is being looked for. */
    private record Held(TokenId searched, Queue<Waiter> waiters) {}

    /** Those of a caller's messages that wait on when the others are given up: nobody sends again what expects no answer. */
    private record Overdue(Caller caller) {}

    /**
     * The line that a message must join because others of its token or caller are in it; null when it may pass.
     *
     * @param answered whether its sender expects an answer
     */
    @Nullable
    Line<?> ahead(TokenId token, String operation, boolean answered) {
        if (queues.isEmpty()) {
            return null;
        }
        Caller caller = new Caller(token.instance(), operation);
        Line<?> overdue = answered ? null : known(new Overdue(caller));
        Line<?> line = overdue == null ? known(caller) : overdue;
        return line == null ? known(token) : line;
    }

    private @Nullable Line<?> known(Object of) {
        Line<?> line = Line.here(of);
        return line != null && queues.containsKey(line) ? line : null;
    }

    /** The line of a token that is not known; null off any context. */
    static @Nullable Line<?> of(TokenId token) {
        return Line.here(token);
    }

    /** The line of those who wait for the key that a verified token was made with; null off any context. */
    static @Nullable Line<?> of(TokenGrant grant) {
        return Line.here(Caller.of(grant));
    }

    /** The line of those who wait on for that key, though it could not be had soon; null off any context. */
    static @Nullable Line<?> overdue(TokenGrant grant) {
        return Line.here(new Overdue(Caller.of(grant)));
    }

    /** True for a line after which nobody waits any more. */
    static boolean isOverdue(Line<?> line) {
        return line.of() instanceof Overdue;
    }

    /**
     * Holds a message. Call it on the consumer's context.
     *
     * @param line where it waits; null for nowhere
     * @param search looks for what is missing; called when the line is new
     * @return false when a bound does not let it be held
     */
    boolean hold(@Nullable Line<?> line, Waiter waiter, Supplier<Future<Void>> search) {
        Held held = line == null ? null : queues.get(line);
        boolean hasRoom = held != null || queues.size() < MAX_QUEUES;
        if (line == null || !hasRoom || backlog.isFull(waiter.size())) {
            return false;
        }
        backlog.add(waiter.size());
        if (held != null) {
            return held.waiters().add(waiter);
        }
        begin(line, waiter, search);
        return true;
    }

    private void begin(Line<?> line, Waiter first, Supplier<Future<Void>> search) {
        Held held = new Held(first.token(), new ArrayDeque<>());
        held.waiters().add(first);
        queues.put(line, held);
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

    private void release(Line<?> line) {
        Held held = queues.remove(line);
        if (held != null) {
            held.waiters().forEach(waiter -> resume(waiter, held.searched()));
        }
    }

    private void resume(Waiter waiter, TokenId searched) {
        backlog.remove(waiter.size());
        (waiter.token().equals(searched) ? waiter.decide() : waiter.handle()).run();
    }

    /** Messages that wait at this moment. */
    int size() {
        return backlog.messages();
    }
}

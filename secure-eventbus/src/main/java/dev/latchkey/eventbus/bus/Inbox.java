// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.concurrent.InboundMessageQueue;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Messages that passed every check and wait for a handler that is paused, in order.
 *
 * <p>They are checked as they arrive and wait in the clear, unlike in a paused consumer of Vert.x, which would hold them back
 * unchecked: then the token that they came under could end, and its keys be erased, while they wait. Its bound is the
 * consumer's {@code maxBufferedMessages}, its queue Vert.x's own, so that it pauses and fetches as Vert.x does.
 */
final class Inbox<T> {
    private final ContextInternal context;
    private final Queue queue;
    private final Supplier<@Nullable Handler<Message<T>>> handler;
    private final BiConsumer<Message<T>, Boolean> discard;
    private boolean full;

    /** False from the first pause on until all is fetched. */
    private volatile boolean flowing = true;

    /** Messages in the queue; changed on the consumer's thread only. */
    private int queued;

    /** A message and the duplicated context that it is to be handled on. */
    private record Arrived<T>(Message<T> message, ContextInternal context) {}

    /**
     * An empty inbox.
     *
     * @param context the consumer's
     * @param handler the handler at this moment, or null when there is none any more
     * @param discard what becomes of a message that is not delivered; told true when it found the inbox full
     */
    Inbox(
            ContextInternal context,
            int maxBufferedMessages,
            Supplier<@Nullable Handler<Message<T>>> handler,
            BiConsumer<Message<T>, Boolean> discard) {
        this.context = context;
        this.queue = new Queue(context, maxBufferedMessages);
        this.handler = handler;
        this.discard = discard;
    }

    /** Takes a message. An interceptor may have let it go on another thread than the consumer's. */
    void take(Message<T> message) {
        if (!context.inThread()) {
            ContextInternal own = context.duplicate();
            own.executor().execute(() -> put(new Arrived<>(message, own)));
        } else if (flowing && queued == 0) {
            deliver(message);
        } else {
            put(new Arrived<>(message, ContextInternal.current()));
        }
    }

    private void put(Arrived<T> arrived) {
        if (full) {
            discard.accept(arrived.message(), true);
        } else {
            queued++;
            queue.write(arrived);
        }
    }

    void pause() {
        flowing = false;
        queue.pause();
    }

    void fetch(long amount) {
        queue.fetch(amount);
        if (amount == Long.MAX_VALUE) {
            flowing = true;
        }
    }

    /** Discards what waits. */
    void close() {
        queue.close();
    }

    /** On the context that the message is to be handled on, where Vert.x has dispatched it and sees to what the handler throws. */
    private void deliver(Message<T> message) {
        Handler<Message<T>> current = handler.get();
        if (current == null) {
            discard.accept(message, false);
        } else {
            current.handle(message);
        }
    }

    private final class Queue extends InboundMessageQueue<Arrived<T>> {
        Queue(ContextInternal context, int max) {
            super(context.executor(), context.executor(), max, max);
        }

        @Override
        protected void handleMessage(Arrived<T> arrived) {
            queued--;
            arrived.context().dispatch(arrived.message(), Inbox.this::deliver);
        }

        @Override
        protected void handleDispose(Arrived<T> arrived) {
            queued--;
            discard.accept(arrived.message(), false);
        }

        @Override
        protected void handlePause() {
            full = true;
        }

        @Override
        protected void handleResume() {
            full = false;
        }
    }
}

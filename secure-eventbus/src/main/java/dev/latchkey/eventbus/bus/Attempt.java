// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Completable;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.ContextInternal;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One message that asks for an answer. It ends once: with the answer, or, when there is none, with whatever is made of the failure, which
 * may be another attempt. Thread-safe.
 */
final class Attempt<T> implements Completable<Message<Object>>, Handler<Throwable> {
    private static final AtomicIntegerFieldUpdater<Attempt> ENDED =
            AtomicIntegerFieldUpdater.newUpdater(Attempt.class, "ended");

    private final Exchange exchange;
    private final Carrier carrier;
    private final ContextInternal context;
    private final Promise<Message<T>> answer;
    private final Function<Throwable, Future<Message<T>>> otherwise;

    /** 1 when it has ended. */
    private volatile int ended;

    /**
     * @param context where its end is told
     * @param otherwise what becomes of a failure
     */
    Attempt(
            Exchange exchange,
            Carrier carrier,
            ContextInternal context,
            Function<Throwable, Future<Message<T>>> otherwise) {
        this.exchange = exchange;
        this.carrier = carrier;
        this.context = context;
        this.answer = context.promise();
        this.otherwise = otherwise;
    }

    /** Where its end is told. */
    ContextInternal context() {
        return context;
    }

    /** How it ends. */
    Future<Message<T>> answer() {
        return answer.future();
    }

    /** What Vert.x says of it. */
    @Override
    @SuppressWarnings("NullAway") // Without a result there is a failure.
    public void complete(@Nullable Message<Object> outer, @Nullable Throwable failure) {
        PendingReply pending = exchange.settle(carrier);
        if (outer == null) {
            end(Exchange.explain(Objects.requireNonNull(failure), carrier, pending));
        } else {
            answered(outer);
        }
    }

    private void answered(Message<Object> outer) {
        Readable opened = outer.body() instanceof Delivery delivery ? delivery.opened() : null;
        if (opened == null) {
            end(new DeniedException(DenialReason.TAMPERED));
        } else if (opened.body() instanceof ReplyException failure) {
            end(Exchange.typed(failure));
        } else if (isFirst()) {
            answer.tryComplete(new SecuredMessage<>(outer, opened, exchange));
        }
    }

    /** Why the carrier was stopped. */
    @Override
    public void handle(Throwable why) {
        end(why);
    }

    /** Ends it without an answer. */
    private void end(Throwable failure) {
        if (isFirst()) {
            // By way of its context, whoever stopped the message.
            context.<Message<T>>failedFuture(failure).recover(otherwise).onComplete(answer);
        }
    }

    private boolean isFirst() {
        return ended == 0 && ENDED.compareAndSet(this, 0, 1);
    }
}

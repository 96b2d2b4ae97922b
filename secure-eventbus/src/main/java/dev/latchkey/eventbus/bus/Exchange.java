// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Requests and their answers. Stateless but for the guard's table of pending requests. */
final class Exchange {
    private final BusGuard guard;

    Exchange(BusGuard guard) {
        this.guard = guard;
    }

    /**
     * The answer to a carrier that asks for one.
     *
     * @param sending sends the carrier over the plain bus
     */
    <T> Future<Message<T>> answer(Carrier carrier, Supplier<Future<Message<Object>>> sending) {
        Attempt<T> attempt = attempt(carrier, Future::failedFuture);
        sending.get().onComplete(attempt);
        return attempt.answer();
    }

    /**
     * An attempt to have a carrier answered, which is to be told what Vert.x says of it.
     *
     * @param otherwise what becomes of a failure
     */
    <T> Attempt<T> attempt(Carrier carrier, Function<Throwable, Future<Message<T>>> otherwise) {
        ContextInternal context = (ContextInternal) guard.vertx().getOrCreateContext();
        Attempt<T> attempt = new Attempt<>(this, carrier, context, otherwise);
        carrier.onStopped(attempt);
        return attempt;
    }

    /** The outcome of a request that is not even sent. */
    <T> Future<Message<T>> denied(DenialReason reason) {
        return ((ContextInternal) guard.vertx().getOrCreateContext()).failedFuture(new DeniedException(reason));
    }

    /** Ends the wait for an answer, and says how it stood. */
    @Nullable
    PendingReply settle(Carrier carrier) {
        PendingReply pending = forget(carrier);
        if (pending != null) {
            return pending;
        }
        // An interceptor has it, and may let it go yet: then it must not begin to wait.
        carrier.noteOver();
        return forget(carrier);
    }

    private @Nullable PendingReply forget(Carrier carrier) {
        String replyAddress = carrier.replyAddress();
        return replyAddress == null ? null : guard.forget(replyAddress);
    }

    /** Tells a failure of this JVM (no handlers, timeout) and an authentic one from one that came over the wire unsealed. */
    static Throwable explain(Throwable failure, Carrier carrier, @Nullable PendingReply pending) {
        if (carrier.denial() != null) {
            return carrier.denial();
        }
        if (pending == null || !pending.failedUnauthenticated()) {
            return typed(failure);
        }
        DenialReason reason = reason(failure);
        return new DeniedException(reason == null ? DenialReason.UNAUTHENTICATED_FAILURE : reason);
    }

    /** What Latchkey at the other end refused, as the exception that it stands for. */
    static Throwable typed(Throwable failure) {
        DenialReason reason = failure.getClass() == ReplyException.class ? reason(failure) : null;
        return reason == null ? failure : new DeniedException(reason);
    }

    private static @Nullable DenialReason reason(Throwable failure) {
        return failure instanceof ReplyException reply ? DenialReason.ofCode(reply.failureCode()) : null;
    }

    /** A carrier that answers under a session. */
    ReplyCarrier reply(Session session, @Nullable Object body, DeliveryOptions options, boolean local) {
        MessageCodec<?, ?> codec = guard.codecs().choose(body, options.getCodecName(), local);
        Content content = Content.of(codec, body, options.getHeaders()).withPatience(patience(options));
        return new ReplyCarrier(session, content, guard.time());
    }

    /** The send timeout, if it is longer than sessions are kept for answers anyway; else 0. */
    static int patience(DeliveryOptions options) {
        long timeout = options.getSendTimeout();
        return timeout <= BusGuard.ANSWER_GRACE.toMillis() ? 0 : (int) Math.min(timeout, Integer.MAX_VALUE);
    }

    /** Tells the sender of an authentic message under its session that it is refused. */
    void refuse(Message<?> message, Session session, DenialReason reason) {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, reason.code(), reason.text());
        DeliveryOptions options = new DeliveryOptions();
        message.reply(reply(session, failure, options, isLocal(message)), Outside.options(options));
    }

    /** True when an answer to the message cannot leave the JVM. */
    static boolean isLocal(Message<?> message) {
        return !(message instanceof ClusteredMessage<?, ?> clustered && clustered.isFromWire());
    }

    Refusals refusals() {
        return guard.refusals();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.ContextInternal;
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
    <T> Future<Message<T>> answer(Carrier carrier, Supplier<Future<Message<Delivery>>> sending) {
        ContextInternal context = (ContextInternal) guard.vertx().getOrCreateContext();
        Promise<Message<T>> answer = context.promise();
        carrier.onDenied(answer::tryFail);
        sending.get().onComplete(result -> finish(carrier, result, answer));
        return answer.future();
    }

    private <T> void finish(Carrier carrier, AsyncResult<Message<Delivery>> result, Promise<Message<T>> answer) {
        PendingReply pending = carrier.replyAddress() == null ? null : guard.forget(carrier.replyAddress());
        if (result.failed()) {
            answer.tryFail(explain(result.cause(), carrier, pending));
        } else {
            finish(result.result(), answer);
        }
    }

    private <T> void finish(Message<Delivery> outer, Promise<Message<T>> answer) {
        Opened opened = outer.body().opened();
        if (opened == null) {
            answer.tryFail(new DeniedException(DenialReason.TAMPERED));
        } else if (opened.content().body() instanceof ReplyException failure) {
            answer.tryFail(failure);
        } else {
            answer.tryComplete(new SecuredMessage<>(outer, opened, this));
        }
    }

    /** Tells a failure of this JVM (no handlers, timeout) from one that came over the wire unsealed. */
    private static Throwable explain(Throwable failure, Carrier carrier, @Nullable PendingReply pending) {
        if (carrier.denial() != null) {
            return carrier.denial();
        }
        if (pending == null || !pending.unauthenticatedFailure().get()) {
            return failure;
        }
        DenialReason reason = failure instanceof ReplyException reply ? DenialReason.ofCode(reply.failureCode()) : null;
        return new DeniedException(reason == null ? DenialReason.UNAUTHENTICATED_FAILURE : reason);
    }

    /** A carrier that answers under a session. */
    ReplyCarrier reply(Session session, @Nullable Object body, DeliveryOptions options, boolean local) {
        MessageCodec<?, ?> codec = guard.codecs().choose(body, options.getCodecName(), local);
        return new ReplyCarrier(session, Content.of(codec, body, options.getHeaders()), guard.time());
    }

    /** True when an answer to the address cannot leave the JVM. */
    boolean isLocal() {
        return !guard.vertx().isClustered();
    }

    Refusals refusals() {
        return guard.refusals();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message that arrives where a request waits for its answer.
 *
 * <p>What does not open is dropped, and the request goes on waiting: the true answer still wins. A plaintext failure may be
 * honest (a provider that cannot read a request shares no key to seal its refusal with) or forged, so it is held back for
 * a moment, in which the true answer can overtake it.
 */
final class ReplyGate {
    static final long UNAUTHENTICATED_HOLD_MILLIS = 100;

    private static final DenialReason MALFORMED = DenialReason.MALFORMED;

    private final BusGuard guard;
    private final Runnable tooManyPeers;

    ReplyGate(BusGuard guard) {
        this.guard = guard;
        this.tooManyPeers = () -> guard.bounds().hit(Bound.REPLY_KEYS);
    }

    void handle(DeliveryContext<Object> context, PendingReply pending) {
        Message<?> message = context.message();
        MessageCodec<?, ?> codec = InboundInterceptor.codecOf(message);
        if (codec == guard.codec()) {
            open(context, pending);
        } else if (codec == CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC) {
            holdFailure(context, pending);
        } else {
            drop(message, DenialReason.PLAINTEXT);
        }
    }

    private void open(DeliveryContext<Object> context, PendingReply pending) {
        Message<?> message = context.message();
        Object body = body(message, pending.session());
        if (body instanceof Delivery delivery && isSealed(delivery)) {
            // Of this JVM, or somebody asked for the body before the gate did.
            unseal(delivery, message, pending.session());
        }
        DenialReason refused = refusal(body);
        if (refused == null) {
            pending.answered();
            context.next();
        } else {
            drop(message, refused);
        }
    }

    /** Unsealed as it is read, but for an answer of this node, which has no frame. */
    private @Nullable Object body(Message<?> message, Session session) {
        boolean here = message instanceof ClusteredMessage<?, ?> clustered && !clustered.isFromWire();
        return here ? message.body() : guard.codec().body(message, delivery -> unseal(delivery, message, session));
    }

    /** Null for what passed: a failure that was unsealed, or a delivery that was opened. */
    private static @Nullable DenialReason refusal(@Nullable Object body) {
        if (body instanceof Delivery delivery) {
            return delivery.opened() == null ? Objects.requireNonNullElse(delivery.refused(), MALFORMED) : null;
        }
        return body instanceof ReplyException ? null : MALFORMED;
    }

    private static boolean isSealed(Delivery delivery) {
        return delivery.opened() == null && delivery.refused() == null;
    }

    /** The delivery, opened or refused; or the failure that it holds. */
    private Object unseal(Delivery delivery, Message<?> message, Session session) {
        try {
            check(message, delivery, session);
        } catch (Refusal refusal) {
            delivery.refuse(refusal.reason());
        } catch (Throwable e) {
            // What no check foresaw fails closed too, and an Error must hang nobody.
            delivery.refuse(MALFORMED);
        }
        Readable opened = delivery.opened();
        return opened != null && opened.body() instanceof ReplyException failure ? failure : delivery;
    }

    private void check(Message<?> message, Delivery delivery, Session session) throws Refusal {
        if (delivery.carrier() != null) {
            checkLocal(delivery, delivery.carrier(), session);
            return;
        }
        Frame frame = delivery.frame();
        if (frame == null || !frame.isReply()) {
            throw new Refusal(delivery.whyNoFrame());
        }
        Envelope envelope = new Envelope(message.address(), message.replyAddress(), message.isSend());
        Content read = read(session, frame, envelope);
        if (message.replyAddress() != null) {
            session.keepFor(guard.time().now(), read.patience());
        }
        delivery.open(read, session);
        guard.opened().increment();
    }

    private static void checkLocal(Delivery delivery, Carrier carrier, Session session) throws Refusal {
        if (!(carrier instanceof ReplyCarrier) || !carrier.isAllowed() || carrier.session() != session) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        delivery.openLocal(session);
    }

    /** An authentic answer whose body cannot be read still ends the wait: as a failure that says so. */
    private Content read(Session session, Frame frame, Envelope envelope) throws Refusal {
        try (Plaintext content = session.openReply(frame, envelope, tooManyPeers)) {
            Content read = Bodies.read(content, guard.codecs());
            return read == null ? unreadable() : read;
        }
    }

    private static Content unreadable() {
        DeniedException failure = new DeniedException(DenialReason.UNREADABLE_BODY);
        return Content.of(CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure, null);
    }

    private void holdFailure(DeliveryContext<Object> context, PendingReply pending) {
        if (!isReadable(context.message())) {
            drop(context.message(), MALFORMED);
        } else if (pending.noteUnauthenticatedFailure()) {
            guard.vertx().setTimer(UNAUTHENTICATED_HOLD_MILLIS, id -> context.next());
        }
    }

    /** Vert.x ends its own wait before it reads an answer: one that cannot be read would leave the request without any end. */
    private static boolean isReadable(Message<?> failure) {
        try {
            return failure.body() instanceof ReplyException;
        } catch (Throwable e) {
            // Also an Error: the length that it claims may be more than there is memory.
            return false;
        }
    }

    private void drop(Message<?> message, DenialReason reason) {
        guard.refusals().note(reason, message.address());
    }
}

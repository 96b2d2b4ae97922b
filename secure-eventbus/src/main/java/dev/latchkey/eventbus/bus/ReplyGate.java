// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;

/**
 * Checks a message that arrives where a request waits for its answer.
 *
 * <p>What does not open is dropped, and the request goes on waiting: the true answer still wins. A plaintext failure may be
 * honest (a provider that cannot read a request shares no key to seal its refusal with) or forged, so it is held back for
 * a moment, in which the true answer can overtake it.
 */
final class ReplyGate {
    static final long UNAUTHENTICATED_HOLD_MILLIS = 100;

    private static final Content UNREADABLE = Content.of(
            CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC,
            new ReplyException(
                    ReplyFailure.ERROR, DenialReason.UNREADABLE_BODY.code(), DenialReason.UNREADABLE_BODY.text()),
            null);

    private final BusGuard guard;

    ReplyGate(BusGuard guard) {
        this.guard = guard;
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
        try {
            Delivery delivery = (Delivery) context.message().body();
            check(context.message(), delivery, pending.session());
        } catch (Refusal refusal) {
            drop(context.message(), refusal.reason());
            return;
        }
        context.next();
    }

    private void check(Message<?> message, Delivery delivery, Session session) throws Refusal {
        if (delivery.carrier() != null) {
            checkLocal(delivery, delivery.carrier(), session);
            return;
        }
        Frame frame = delivery.frame();
        if (frame == null || !frame.isReply()) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        Envelope envelope = new Envelope(message.address(), message.replyAddress(), message.isSend());
        delivery.open(new Opened(read(session.openReply(frame, envelope)), session));
    }

    private static void checkLocal(Delivery delivery, Carrier carrier, Session session) throws Refusal {
        if (!(carrier instanceof ReplyCarrier) || !carrier.isAllowed() || carrier.session() != session) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        delivery.openLocal(session);
    }

    /** An authentic answer whose body cannot be read still ends the wait: as a failure that says so. */
    private Content read(byte[] content) {
        Content read = Bodies.read(content, guard.codecs());
        return read == null ? UNREADABLE : read;
    }

    private void holdFailure(DeliveryContext<Object> context, PendingReply pending) {
        if (pending.unauthenticatedFailure().compareAndSet(false, true)) {
            guard.vertx().setTimer(UNAUTHENTICATED_HOLD_MILLIS, id -> context.next());
        }
    }

    private void drop(Message<?> message, DenialReason reason) {
        guard.refusals().note(reason, message.address());
    }
}

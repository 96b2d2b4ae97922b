// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.time.Duration;

/**
 * Checks a message that arrives at a secured address: token, keys, scope, content, freshness, replay, in this order.
 *
 * <p>A message of this JVM skips the cipher, never the policy: its session was checked when it left, and is checked again.
 */
final class RequestGate {
    /** How long a message may have been under way, and how far ahead its sender's clock may be. */
    private static final Duration FRESHNESS = Duration.ofSeconds(60);

    private final BusGuard guard;

    RequestGate(BusGuard guard) {
        this.guard = guard;
    }

    void handle(DeliveryContext<Object> context, Operation operation) {
        try {
            check(context.message(), operation);
        } catch (Refusal refusal) {
            refuse(context.message(), refusal.reason());
            return;
        }
        context.next();
    }

    private void check(Message<?> message, Operation operation) throws Refusal {
        if (InboundInterceptor.codecOf(message) != guard.codec()) {
            throw new Refusal(DenialReason.PLAINTEXT);
        }
        Delivery delivery = (Delivery) message.body();
        if (!guard.provides(operation.name())) {
            throw new Refusal(DenialReason.NOT_A_PROVIDER);
        }
        if (delivery.carrier() != null) {
            checkLocal(delivery, delivery.carrier(), message.address(), operation);
        } else {
            checkFrame(delivery, message, operation);
        }
    }

    private void checkLocal(Delivery delivery, Carrier carrier, String address, Operation operation)
            throws Refusal {
        if (!(carrier instanceof RequestCarrier) || !carrier.isAllowed()) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        Session session = carrier.session();
        requireScope(session, address, operation);
        if (session.token().validityAt(guard.time().now(), BusGuard.CLOCK_SKEW) != Validity.VALID) {
            throw new Refusal(DenialReason.EXPIRED);
        }
        delivery.openLocal(session);
    }

    private void checkFrame(Delivery delivery, Message<?> message, Operation operation) throws Refusal {
        Frame frame = delivery.frame();
        if (frame == null || frame.isReply()) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        ProviderSession session = guard.sessions().session(frame);
        requireScope(session, message.address(), operation);
        Envelope envelope = new Envelope(message.address(), message.replyAddress(), message.isSend());
        byte[] content = session.open(frame, envelope);
        requireFresh(frame);
        session.remember(frame, message.isSend(), delivery.arrival());
        delivery.open(new Opened(read(content), session));
    }

    private static void requireScope(Session session, String address, Operation operation) throws Refusal {
        if (!session.token().grant().operation().equals(operation.name()) || !session.covers(address)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    private void requireFresh(Frame frame) throws Refusal {
        long age = guard.time().now() - frame.sentAt();
        if (age > FRESHNESS.toMillis() || age < -FRESHNESS.toMillis()) {
            throw new Refusal(DenialReason.STALE_MESSAGE);
        }
    }

    private Content read(byte[] content) throws Refusal {
        try {
            return ContentFormat.read(content, guard.codecs());
        } catch (RuntimeException e) {
            throw new Refusal(DenialReason.UNREADABLE_BODY);
        }
    }

    private void refuse(Message<?> message, DenialReason reason) {
        guard.refusals().note(reason, message.address());
        if (message.replyAddress() != null) {
            message.fail(reason.code(), reason.text());
        }
    }
}

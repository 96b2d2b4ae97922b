// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.token.Validity;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.Frame;
import dev.latchkey.eventbus.wire.Plaintext;
import dev.latchkey.eventbus.wire.SentName;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks a message that arrives at a secured address: token, keys, scope, content, freshness, replay, in this order.
 *
 * <p>A message of this JVM skips the cipher, never the policy: its session was checked when it left, and is checked again.
 */
final class RequestGate {
    /** How long a message may have been under way, and how far ahead its sender's clock may be. */
    static final Duration FRESHNESS = Duration.ofSeconds(60);

    private final BusGuard guard;
    private final Exchange exchange;
    private final Waiting waiting;
    private final ClaimGate claims;
    private final ViolationCheck violations;

    RequestGate(BusGuard guard) {
        this.guard = guard;
        this.exchange = new Exchange(guard);
        this.waiting = new Waiting(guard.waiting(), guard.searches());
        this.violations = new ViolationCheck(guard.reporter()::note);
        this.claims = new ClaimGate(
                guard.clusterClaims(),
                new SenderClaims(guard.vertx(), guard.desk()),
                guard.claiming(),
                guard.bounds(),
                this::refuse);
    }

    void handle(DeliveryContext<Object> context, Operation operation) {
        Frame frame = requestFrame(context.message());
        Line<?> ahead =
                frame == null ? null : waiting.ahead(frame.tokenId(), operation.name(), isAnswered(context.message()));
        if (frame != null && ahead != null) {
            hold(ahead, context, operation, frame);
        } else {
            decide(context, operation, frame);
        }
    }

    private static boolean isAnswered(Message<?> message) {
        return message.replyAddress() != null;
    }

    /** The frame of a request from the wire, or null when the message is none. */
    private @Nullable Frame requestFrame(Message<?> message) {
        if (InboundInterceptor.codecOf(message) != guard.codec() || !(message.body() instanceof Delivery delivery)) {
            return null;
        }
        Frame frame = delivery.frame();
        return frame == null || frame.isReply() ? null : frame;
    }

    /** Passes or refuses a message, or holds it when what is missing may come and there is a frame to hold. */
    private void decide(DeliveryContext<Object> context, Operation operation, @Nullable Frame frame) {
        Refusal refused = judge(context.message(), operation);
        TokenGrant ahead = refused == null ? null : refused.ahead();
        if (refused == null) {
            claims.handle(context, operation);
        } else if (refused.reason() == DenialReason.UNKNOWN_TOKEN && frame != null) {
            hold(Waiting.of(frame.tokenId()), context, operation, frame);
        } else if (ahead != null && frame != null) {
            // Refused as stale, if it cannot wait: who sent it then sends it again.
            hold(Waiting.of(ahead), context, operation, frame, refused, () -> guard.missed(ahead));
        } else {
            refuse(context.message(), refused);
        }
    }

    /** Decides on a message that has waited: where its key could not be had soon, what its sender will not send again waits longer. */
    private void decideLate(DeliveryContext<Object> context, Operation operation, Frame frame) {
        Refusal refused = judge(context.message(), operation);
        TokenGrant ahead = refused == null ? null : refused.ahead();
        if (refused == null) {
            claims.handle(context, operation);
        } else if (ahead != null && !isAnswered(context.message())) {
            hold(Waiting.overdue(ahead), context, operation, frame, refused, () -> guard.overdue(ahead));
        } else {
            refuse(context.message(), refused);
        }
    }

    private void hold(@Nullable Line<?> line, DeliveryContext<Object> context, Operation operation, Frame frame) {
        Refusal otherwise = new Refusal(DenialReason.OVERLOADED);
        hold(line, context, operation, frame, otherwise, () -> guard.sessions().search(frame.tokenId()));
    }

    /** Holds a message until its token was found, or the key that the token was made with has come. */
    private void hold(
            @Nullable Line<?> line,
            DeliveryContext<Object> context,
            Operation operation,
            Frame frame,
            Refusal otherwise,
            Supplier<Future<Void>> search) {
        Runnable decide = line != null && Waiting.isOverdue(line)
                ? () -> decide(context, operation, null)
                : () -> decideLate(context, operation, frame);
        int size = Delivery.sizeOf(context.message());
        Waiting.Waiter waiter = new Waiting.Waiter(frame.tokenId(), size, decide, () -> handle(context, operation));
        if (waiting.hold(line, waiter, search)) {
            guard.sessions().learn(frame);
        } else {
            guard.bounds().hit(Bound.HELD_MESSAGES);
            refuse(context.message(), otherwise);
        }
    }

    /** Null when the message passes. What no check foresaw fails closed too, and quickly. */
    private @Nullable Refusal judge(Message<?> message, Operation operation) {
        try {
            check(message, operation);
            return null;
        } catch (Refusal refusal) {
            return refusal;
        } catch (RuntimeException e) {
            return new Refusal(DenialReason.MALFORMED);
        }
    }

    private void check(Message<?> message, Operation operation) throws Refusal {
        if (InboundInterceptor.codecOf(message) != guard.codec()) {
            throw new Refusal(DenialReason.PLAINTEXT);
        }
        if (!(message.body() instanceof Delivery delivery)) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        if (!guard.provides(operation.name())) {
            throw new Refusal(DenialReason.NOT_A_PROVIDER);
        }
        if (delivery.carrier() != null) {
            checkLocal(delivery, delivery.carrier(), message.address(), operation);
        } else {
            checkFrame(delivery, message, operation);
        }
    }

    private void checkLocal(Delivery delivery, Carrier carrier, String address, Operation operation) throws Refusal {
        if (!(carrier instanceof RequestCarrier) || !carrier.isAllowed()) {
            throw new Refusal(DenialReason.MALFORMED);
        }
        Session session = carrier.session();
        requireScope(session, address, operation);
        if (session.ended() != null) {
            throw new Refusal(session.ended());
        }
        if (guard.validity(session) != Validity.VALID) {
            throw new Refusal(DenialReason.EXPIRED, session);
        }
        if (!carrier.take()) {
            throw new Refusal(DenialReason.REPLAYED);
        }
        delivery.openLocal(session);
        session.noteTaken(guard.flows());
    }

    private void checkFrame(Delivery delivery, Message<?> message, Operation operation) throws Refusal {
        Frame frame = delivery.frame();
        if (frame == null || frame.isReply()) {
            throw new Refusal(delivery.whyNoFrame());
        }
        long now = guard.time().now();
        ProviderSession session = guard.sessions().session(frame, now);
        Envelope envelope = new Envelope(message.address(), message.replyAddress(), message.isSend());
        requireScope(session, frame, envelope, now, operation);
        Content read = open(session, frame, envelope, now, delivery.arrival());
        if (read.first() != null) {
            takeInPlaceOf(read.first(), session, frame);
        }
        if (message.replyAddress() != null) {
            session.keepFor(now, read.patience());
        }
        delivery.open(read, session);
        guard.opened().increment();
        session.noteTaken(guard.flows());
    }

    private Content open(ProviderSession session, Frame frame, Envelope envelope, long now, Object arrival)
            throws Refusal {
        try (Plaintext content = session.open(frame, envelope)) {
            requireFresh(frame, now);
            requireForeign(frame, envelope.send());
            remember(session, frame, envelope.send(), arrival);
            guard.sessions().requireFirst(frame);
            return read(content, session);
        }
    }

    private static void requireScope(Session session, String address, Operation operation) throws Refusal {
        if (!isInScope(session, address, operation)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    private void requireScope(ProviderSession session, Frame frame, Envelope envelope, long now, Operation operation)
            throws Refusal {
        if (!isInScope(session, envelope.address(), operation)) {
            if (isFresh(frame, now)) {
                violations.outOfScope(session, frame, envelope);
            }
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    private void remember(ProviderSession session, Frame frame, boolean send, Object arrival) throws Refusal {
        try {
            session.remember(frame, send, arrival);
        } catch (Refusal seen) {
            violations.seenBefore(session, frame);
            throw seen;
        }
    }

    private void takeInPlaceOf(SentName first, ProviderSession session, Frame frame) throws Refusal {
        try {
            guard.sessions().takeInPlaceOf(first, session);
        } catch (Refusal refusal) {
            if (refusal.reason() == DenialReason.OUT_OF_SCOPE) {
                violations.foreign(session, frame);
            }
            throw refusal;
        }
    }

    private static boolean isInScope(Session session, String address, Operation operation) {
        return session.covers(operation.name(), address);
    }

    /** The handlers here have an instance's publish from within, where no memory notes its number. */
    private void requireForeign(Frame frame, boolean send) throws Refusal {
        if (!send && guard.isOwn(frame.tokenId())) {
            throw new Refusal(DenialReason.REPLAYED);
        }
    }

    private static void requireFresh(Frame frame, long now) throws Refusal {
        if (!isFresh(frame, now)) {
            throw new Refusal(DenialReason.STALE_MESSAGE);
        }
    }

    private static boolean isFresh(Frame frame, long now) {
        long age = now - frame.sentAt();
        return age <= FRESHNESS.toMillis() && age >= -FRESHNESS.toMillis();
    }

    private Content read(Plaintext content, Session session) throws Refusal {
        Content read = Bodies.read(content, guard.codecs());
        if (read == null) {
            throw new Refusal(DenialReason.UNREADABLE_BODY, session);
        }
        return read;
    }

    private void refuse(Message<?> message, Refusal refusal) {
        DenialReason reason = refusal.reason();
        guard.refusals().note(reason, message.address());
        if (message.replyAddress() == null) {
            return;
        }
        if (refusal.session() == null) {
            message.fail(reason.code(), reason.text());
        } else {
            exchange.refuse(message, refusal.session(), reason);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;

/**
 * Checks what leaves: is the address secured, may this instance invoke its operation, is its token alive?
 *
 * <p>A plain message to a strict address stops here too: no plaintext of a secured address leaves the JVM.
 */
final class OutboundInterceptor implements Handler<DeliveryContext<Object>> {
    private final BusGuard guard;

    /** Of the message before: one-way messages to one address share theirs. Whichever thread wrote it last, as it is immutable. */
    private Envelope lastEnvelope = new Envelope("", null, true);

    OutboundInterceptor(BusGuard guard) {
        this.guard = guard;
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
        if (delivery.body() instanceof Carrier carrier) {
            release(delivery, carrier);
        } else {
            passPlaintext(delivery, delivery.message().address());
        }
    }

    private void passPlaintext(DeliveryContext<Object> delivery, String address) {
        Mode mode = guard.modeAt(address);
        if (InboundInterceptor.codecOf(delivery.message()) == guard.codec()) {
            // Somebody who names our codec for a body of his own, which it could not write.
            refuse(delivery.message(), DenialReason.MALFORMED);
        } else if (!mode.passesPlaintext()) {
            refuse(delivery.message(), DenialReason.PLAINTEXT);
        } else {
            if (mode.counts()) {
                guard.passage().send(address, mode);
            }
            delivery.next();
        }
    }

    private void release(DeliveryContext<Object> delivery, Carrier carrier) {
        Message<?> message = delivery.message();
        long now = clockFor(message, carrier);
        try {
            authorise(message, carrier, now);
            requireRoom(message);
        } catch (Refusal refusal) {
            carrier.deny(refusal.reason());
            refuse(message, refusal.reason());
            return;
        }
        carrier.allow(envelope(message));
        if (message.replyAddress() != null) {
            carrier.session().keepFor(now, carrier.content().patience());
            guard.expect(message.replyAddress(), carrier);
        }
        delivery.next();
    }

    private Envelope envelope(Message<?> message) {
        Envelope last = lastEnvelope;
        if (last.address().equals(message.address())
                && message.replyAddress() == null
                && last.replyAddress() == null
                && last.send() == message.isSend()) {
            return last;
        }
        Envelope next = new Envelope(message.address(), message.replyAddress(), message.isSend());
        lastEnvelope = next;
        return next;
    }

    /** An answer that asks nothing is not judged by time. */
    private long clockFor(Message<?> message, Carrier carrier) {
        return carrier.answers() && message.replyAddress() == null
                ? 0
                : guard.time().recent();
    }

    private void requireRoom(Message<?> message) throws Refusal {
        if (message.replyAddress() != null && guard.expectsTooMuch()) {
            guard.bounds().hit(Bound.PENDING_REQUESTS);
            throw new Refusal(DenialReason.OVERLOADED);
        }
    }

    private void authorise(Message<?> message, Carrier carrier, long now) throws Refusal {
        if (carrier instanceof RequestCarrier request) {
            Operation operation = guard.operationAt(message.address());
            if (operation == null) {
                // The address left policy after the facade looked.
                throw new Refusal(DenialReason.OUT_OF_SCOPE);
            }
            request.authorise(operation, now);
            requireCovered(request, message.address());
        } else if (isAnswerToAnother(message.address(), carrier)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    /**
     * Policy may be newer here than the token, by another member's renewal. A receiver would refuse the message, and might take it for
     * misuse of the token.
     */
    private static void requireCovered(RequestCarrier request, String address) throws Refusal {
        if (!request.session().covers(address)) {
            throw new Refusal(DenialReason.OUT_OF_SCOPE);
        }
    }

    /**
     * A request's sender chooses where its answer goes, and may choose where a request of this JVM waits: the answer would come
     * from within, where no cipher tells whose it is.
     */
    private boolean isAnswerToAnother(String address, Carrier answer) {
        PendingReply pending = guard.pending(address);
        return pending != null && pending.session() != answer.session();
    }

    private void refuse(Message<?> message, DenialReason reason) {
        guard.refusals().note(reason, message.address());
        if (message.replyAddress() != null) {
            // Without an answer the sender would wait for its timeout.
            message.fail(reason.code(), reason.text());
        }
    }
}

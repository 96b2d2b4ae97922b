// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.impl.MessageImpl;
import org.jspecify.annotations.Nullable;

/** Sends each arriving message through the gate that it must pass: answers, requests, or none for what is not secured. */
final class InboundInterceptor implements Handler<DeliveryContext<Object>> {
    private final BusGuard guard;
    private final RequestGate requests;
    private final ReplyGate replies;

    InboundInterceptor(BusGuard guard) {
        this.guard = guard;
        this.requests = new RequestGate(guard);
        this.replies = new ReplyGate(guard);
    }

    @Override
    public void handle(DeliveryContext<Object> delivery) {
        String address = delivery.message().address();
        PendingReply pending = guard.pending(address);
        if (pending == null) {
            handle(delivery, address);
        } else {
            replies.handle(delivery, pending);
        }
    }

    private void handle(DeliveryContext<Object> delivery, String address) {
        Operation operation = guard.operationAt(address);
        boolean sealed = codecOf(delivery.message()) == guard.codec();
        Mode mode = guard.modeOf(operation, address);
        if (operation != null && (sealed || !mode.passesPlaintext())) {
            requests.handle(delivery, operation);
        } else if (sealed) {
            refuseUnexpected(delivery.message());
        } else if (mode.counts()) {
            guard.passage().receive(address, mode, delivery::next);
        } else {
            delivery.next();
        }
    }

    /** A late answer; a sender whose policy is newer than this node's; or somebody who plays with the codec's name. */
    private void refuseUnexpected(Message<?> message) {
        DenialReason reason = DenialReason.MALFORMED;
        guard.refusals().note(reason, message.address());
        if (message.replyAddress() != null) {
            message.fail(reason.code(), reason.text());
        }
    }

    /**
     * The codec that a message names. Asked before the body is touched: reading a body runs the codec that its sender
     * chose, Java deserialization included.
     */
    static @Nullable MessageCodec<?, ?> codecOf(Message<?> message) {
        return message instanceof MessageImpl<?, ?> known ? known.codec() : null;
    }
}

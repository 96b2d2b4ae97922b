// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.crypto.RandomNames;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.impl.EventBusImpl;
import io.vertx.core.eventbus.impl.MessageImpl;
import io.vertx.core.internal.ContextInternal;

/**
 * Sends requests over the plain bus, to be answered at addresses of our own making.
 *
 * <p>Vert.x names the address of each answer in a cluster after a random UUID, which takes a quarter of the time of a whole request within a
 * JVM. Ours cannot be guessed either, and cost a tenth of that. All else stays Vert.x's: who waits for the answer and for how long, metrics,
 * tracing.
 */
final class PlainRequests {
    /** Vert.x's own, by which its metrics know such an address. */
    private static final String PREFIX = "__vertx.reply.";

    private final EventBusImpl bus;
    private final boolean ours;
    private final RandomNames addresses = new RandomNames(PREFIX);

    /**
     * Requests over the bus of a Vertx.
     *
     * @param ours whether answers come to addresses of our making; else Vert.x makes them
     */
    PlainRequests(Vertx vertx, boolean ours) {
        this.bus = (EventBusImpl) vertx.eventBus();
        this.ours = ours;
    }

    /** Requests as they cost least: without a cluster Vert.x just counts its addresses. */
    static PlainRequests of(Vertx vertx) {
        return new PlainRequests(vertx, vertx.isClustered() && ReplyHandlers.areAsExpected());
    }

    /**
     * As {@link io.vertx.core.eventbus.EventBus#request(String, Object, DeliveryOptions)}.
     *
     * @param context the caller's
     */
    Future<Message<Object>> send(ContextInternal context, String address, Object body, DeliveryOptions options) {
        return ours
                ? answeredAt(addresses.next(), context, address, body, options)
                : bus.request(address, body, options);
    }

    private Future<Message<Object>> answeredAt(
            String replyAddress, ContextInternal context, String address, Object body, DeliveryOptions options) {
        MessageImpl<?, ?> message = bus.createMessage(
                true, options.isLocalOnly(), address, options.getHeaders(), body, options.getCodecName());
        message.setReplyAddress(replyAddress);
        return ReplyHandlers.send(bus, context, message, options);
    }
}

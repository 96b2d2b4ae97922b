// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.Message;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A member's interceptor, which is shown a sealed message as it would stand on the plain bus.
 *
 * <p>It equals every other view of the same interceptor, as Vert.x finds by equality what it is to remove.
 */
final class InterceptorView<T> implements Handler<DeliveryContext<T>> {
    private static final String OWN_ADDRESSES = "latchkey.";

    private final Handler<DeliveryContext<T>> interceptor;
    private final BusGuard guard;
    private final Exchange exchange;

    InterceptorView(Handler<DeliveryContext<T>> interceptor, BusGuard guard, Exchange exchange) {
        this.interceptor = Objects.requireNonNull(interceptor);
        this.guard = guard;
        this.exchange = exchange;
    }

    @Override
    public void handle(DeliveryContext<T> delivery) {
        if (delivery.message().address().startsWith(OWN_ADDRESSES)) {
            // Not the application's: an interceptor that knows the application's addresses must not stop a renewal.
            delivery.next();
        } else {
            interceptor.handle(shown(delivery));
        }
    }

    private DeliveryContext<T> shown(DeliveryContext<T> delivery) {
        return delivery.body() instanceof Carrier carrier ? outbound(delivery, carrier) : inbound(delivery);
    }

    private DeliveryContext<T> outbound(DeliveryContext<T> delivery, Carrier carrier) {
        Readable content = new CarrierView(carrier, guard.vertx().isClustered());
        carrier.noteHeld(true);
        return new View<>(
                delivery, new SecuredMessage<>(delivery.message(), content, exchange), carrier.body(), carrier);
    }

    /** A failure, and what was not sealed, is shown as it is. */
    private DeliveryContext<T> inbound(DeliveryContext<T> delivery) {
        Message<T> outer = delivery.message();
        // Asked before the body, because reading a body runs its codec, earlier than on the plain bus.
        boolean sealed = InboundInterceptor.codecOf(outer) == guard.codec();
        Readable opened = sealed && (Object) outer.body() instanceof Delivery arrived ? arrived.opened() : null;
        if (opened == null) {
            return delivery;
        }
        // Vert.x knows the body of a message from the wire only once somebody asked the message for it.
        Object body = Exchange.isLocal(outer) ? opened.body() : null;
        return new View<>(delivery, new SecuredMessage<>(outer, opened, exchange), body, null);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof InterceptorView<?> that && interceptor.equals(that.interceptor);
    }

    @Override
    public int hashCode() {
        return interceptor.hashCode();
    }

    /** The plain view of a delivery. */
    private record View<T>(
            DeliveryContext<T> outer,
            Message<T> message,
            @Nullable Object body,
            @Nullable Carrier leaving) implements DeliveryContext<T> {
        @Override
        public void next() {
            if (leaving != null) {
                leaving.noteHeld(false);
            }
            outer.next();
        }

        @Override
        public boolean send() {
            return outer.send();
        }
    }
}

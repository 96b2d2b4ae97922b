// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;
import java.util.function.BiFunction;

/** A producer on a secured address: each body leaves in a carrier. */
final class SecuredProducer<T> implements MessageProducer<T> {
    private final MessageProducer<Carrier> plain;
    private final BiFunction<T, DeliveryOptions, RequestCarrier> carriers;
    private volatile DeliveryOptions options;

    SecuredProducer(
            MessageProducer<Carrier> plain,
            DeliveryOptions options,
            BiFunction<T, DeliveryOptions, RequestCarrier> carriers) {
        this.plain = plain;
        this.options = options;
        this.carriers = carriers;
    }

    @Override
    public MessageProducer<T> deliveryOptions(DeliveryOptions next) {
        options = next;
        plain.deliveryOptions(Outside.options(next));
        return this;
    }

    @Override
    public String address() {
        return plain.address();
    }

    @Override
    public Future<Void> write(T body) {
        RequestCarrier carrier = carriers.apply(body, options);
        Future<Void> written = plain.write(carrier);
        DeniedException denial = carrier.denial();
        return denial == null ? written : Future.failedFuture(denial);
    }

    @Override
    public Future<Void> close() {
        return plain.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;
import java.util.function.Function;

/** A producer on a secured address: each body leaves in a carrier. */
final class SecuredProducer<T> implements MessageProducer<T> {
    private final MessageProducer<Carrier> plain;
    private final Function<T, RequestCarrier> carriers;

    SecuredProducer(MessageProducer<Carrier> plain, Function<T, RequestCarrier> carriers) {
        this.plain = plain;
        this.carriers = carriers;
    }

    @Override
    public MessageProducer<T> deliveryOptions(DeliveryOptions options) {
        plain.deliveryOptions(Outside.options(options));
        return this;
    }

    @Override
    public String address() {
        return plain.address();
    }

    @Override
    public Future<Void> write(T body) {
        RequestCarrier carrier = carriers.apply(body);
        Future<Void> written = plain.write(carrier);
        DeniedException denial = carrier.denial();
        return denial == null ? written : Future.failedFuture(denial);
    }

    @Override
    public Future<Void> close() {
        return plain.close();
    }
}

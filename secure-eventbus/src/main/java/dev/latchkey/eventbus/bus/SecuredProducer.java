// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageProducer;
import java.util.List;
import java.util.function.BiFunction;

/** A member's producer. It decides anew for each body whether it is sealed, as the address's mode may change. */
final class SecuredProducer<T> implements MessageProducer<T> {
    private final SecuredBus bus;
    private final MessageProducer<T> plain;
    private final MessageProducer<Carrier> sealing;
    private final boolean sends;
    private volatile DeliveryOptions options;

    /**
     * A producer.
     *
     * @param producers makes a producer of the plain bus
     * @param sends whether each body goes to one consumer; else to all of them
     */
    SecuredProducer(
            SecuredBus bus,
            String address,
            DeliveryOptions options,
            BiFunction<String, DeliveryOptions, MessageProducer<?>> producers,
            boolean sends) {
        this.bus = bus;
        this.sends = sends;
        this.options = options;
        this.plain = cast(producers.apply(address, options));
        this.sealing = cast(producers.apply(address, Outside.options(options)));
    }

    @SuppressWarnings("unchecked") // A producer takes what it is given.
    private static <B> MessageProducer<B> cast(MessageProducer<?> producer) {
        return (MessageProducer<B>) producer;
    }

    @Override
    public MessageProducer<T> deliveryOptions(DeliveryOptions next) {
        options = next;
        plain.deliveryOptions(next);
        sealing.deliveryOptions(Outside.options(next));
        return this;
    }

    @Override
    public String address() {
        return plain.address();
    }

    @Override
    public Future<Void> write(T body) {
        return bus.seals(address()) ? writeSealed(body) : bus.plainly(address(), () -> plain.write(body));
    }

    private Future<Void> writeSealed(T body) {
        List<String> addresses = sends ? bus.addresses(address()) : List.of();
        return addresses.size() > 1 ? bus.oneWay(addresses, body, options) : writeHere(body);
    }

    private Future<Void> writeHere(T body) {
        RequestCarrier carrier = bus.carrier(body, options);
        Future<Void> written = sealing.write(carrier);
        // Denied at once, before anything is written, or late, when it is encoded.
        return carrier.denial() == null ? written.compose(done -> outcome(carrier)) : outcome(carrier);
    }

    private Future<Void> outcome(Carrier carrier) {
        DeniedException denial = carrier.denial();
        return denial == null ? bus.succeeded() : bus.failed(denial);
    }

    @Override
    public Future<Void> close() {
        return plain.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One member's view of the bus: secured addresses through the guard, all others straight to the plain bus. */
final class SecuredBus implements SecureEventBus {
    private final BusGuard guard;
    private final Member member;
    private final EventBus plain;
    private final Exchange exchange;
    private final Consumers consumers = new Consumers();
    private final Vertx vertx;
    private volatile Runnable onLeft = () -> {};

    SecuredBus(BusGuard guard, Member member) {
        this.guard = guard;
        this.member = member;
        this.plain = guard.plainBus();
        this.exchange = new Exchange(guard);
        this.vertx = new SecuredVertx((VertxInternal) guard.vertx(), this);
    }

    void onLeft(Runnable action) {
        onLeft = action;
    }

    @Override
    public EventBus send(String address, @Nullable Object message) {
        return send(address, message, new DeliveryOptions());
    }

    @Override
    public EventBus send(String address, @Nullable Object message, DeliveryOptions options) {
        if (isPlain(address)) {
            plain.send(address, message, options);
        } else {
            RequestCarrier carrier = carrier(message, options);
            plain.send(address, carrier, Outside.options(options));
            throwIfDenied(carrier);
        }
        return this;
    }

    @Override
    public EventBus publish(String address, @Nullable Object message) {
        return publish(address, message, new DeliveryOptions());
    }

    @Override
    public EventBus publish(String address, @Nullable Object message, DeliveryOptions options) {
        if (isPlain(address)) {
            plain.publish(address, message, options);
        } else {
            RequestCarrier carrier = carrier(message, options);
            plain.publish(address, carrier, Outside.options(options));
            throwIfDenied(carrier);
        }
        return this;
    }

    @Override
    public <T> Future<Message<T>> request(String address, @Nullable Object message, DeliveryOptions options) {
        if (isPlain(address)) {
            return plain.request(address, message, options);
        }
        RequestCarrier carrier = carrier(message, options);
        return exchange.answer(carrier, () -> plain.request(address, carrier, Outside.options(options)));
    }

    private boolean isPlain(String address) {
        return guard.operationAt(Objects.requireNonNull(address, "no null address accepted")) == null;
    }

    private RequestCarrier carrier(@Nullable Object message, DeliveryOptions options) {
        boolean local = options.isLocalOnly() || !guard.vertx().isClustered();
        MessageCodec<?, ?> codec = guard.codecs().choose(message, options.getCodecName(), local);
        return new RequestCarrier(member, Content.of(codec, message, options.getHeaders()));
    }

    private static void throwIfDenied(Carrier carrier) {
        DeniedException denial = carrier.denial();
        if (denial != null) {
            throw denial;
        }
    }

    @Override
    public <T> MessageProducer<T> sender(String address) {
        return sender(address, new DeliveryOptions());
    }

    @Override
    public <T> MessageProducer<T> sender(String address, DeliveryOptions options) {
        return isPlain(address)
                ? plain.sender(address, options)
                : new SecuredProducer<>(plain.sender(address, Outside.options(options)), options, this::carrier);
    }

    @Override
    public <T> MessageProducer<T> publisher(String address) {
        return publisher(address, new DeliveryOptions());
    }

    @Override
    public <T> MessageProducer<T> publisher(String address, DeliveryOptions options) {
        return isPlain(address)
                ? plain.publisher(address, options)
                : new SecuredProducer<>(plain.publisher(address, Outside.options(options)), options, this::carrier);
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options) {
        return secured(options.getAddress(), plain.consumer(options));
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options, Handler<Message<T>> handler) {
        return this.<T>consumer(options).handler(Objects.requireNonNull(handler, "handler"));
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address) {
        return secured(address, plain.consumer(address));
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address, Handler<Message<T>> handler) {
        return this.<T>consumer(address).handler(Objects.requireNonNull(handler, "handler"));
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address) {
        return secured(address, plain.localConsumer(address));
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address, Handler<Message<T>> handler) {
        return this.<T>localConsumer(address).handler(Objects.requireNonNull(handler, "handler"));
    }

    /** Secures a consumer that has no handler yet, if its address is. */
    @SuppressWarnings("unchecked") // What a consumer delivers is its receiver's guess, on the plain bus too.
    private <T> MessageConsumer<T> secured(String address, MessageConsumer<?> created) {
        Operation operation = guard.operationAt(address);
        if (operation == null) {
            return (MessageConsumer<T>) created;
        }
        if (!member.provides().contains(operation.name())) {
            return new RefusedConsumer<>(guard.vertx(), address);
        }
        return new SecuredConsumer<>((MessageConsumer<Delivery>) created, exchange, member, consumers);
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public EventBus registerCodec(MessageCodec codec) {
        plain.registerCodec(codec);
        return this;
    }

    @Override
    public EventBus unregisterCodec(String name) {
        plain.unregisterCodec(name);
        return this;
    }

    @Override
    public <T> EventBus registerDefaultCodec(Class<T> type, MessageCodec<T, ?> codec) {
        plain.registerDefaultCodec(type, codec);
        return this;
    }

    @Override
    @SuppressWarnings("rawtypes") // As the interface has it.
    public EventBus unregisterDefaultCodec(Class type) {
        plain.unregisterDefaultCodec(type);
        return this;
    }

    @Override
    public EventBus codecSelector(Function<Object, String> selector) {
        plain.codecSelector(selector);
        return this;
    }

    @Override
    public <T> EventBus addOutboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.addOutboundInterceptor(interceptor);
        return this;
    }

    @Override
    public <T> EventBus removeOutboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.removeOutboundInterceptor(interceptor);
        return this;
    }

    @Override
    public <T> EventBus addInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.addInboundInterceptor(interceptor);
        return this;
    }

    @Override
    public <T> EventBus removeInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.removeInboundInterceptor(interceptor);
        return this;
    }

    @Override
    public EventBus clusterSerializableChecker(Function<String, Boolean> classNamePredicate) {
        plain.clusterSerializableChecker(classNamePredicate);
        return this;
    }

    @Override
    public EventBus serializableChecker(Function<String, Boolean> classNamePredicate) {
        plain.serializableChecker(classNamePredicate);
        return this;
    }

    @Override
    public boolean isMetricsEnabled() {
        return plain.isMetricsEnabled();
    }

    @Override
    public Future<Void> leave() {
        return consumers.unregisterAll().eventually(member::leave).onComplete(done -> onLeft.run());
    }

    @Override
    public String instance() {
        return member.instance();
    }

    @Override
    public Set<String> provides() {
        return member.provides();
    }

    @Override
    public Set<String> invokes() {
        return member.invokes();
    }

    @Override
    public Vertx asVertx() {
        return vertx;
    }

    @Override
    public Map<DenialReason, Long> refusals() {
        return guard.refused();
    }

    /** Names the instance. */
    @Override
    public String toString() {
        return "SecureEventBus[" + member.instance() + "]";
    }
}

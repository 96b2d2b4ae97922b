// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.Metrics;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Provider;
import dev.latchkey.eventbus.ProviderChange;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.streams.ReadStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One member's view of the bus: secured addresses through the guard, all others straight to the plain bus. */
final class SecuredBus implements SecureEventBus {
    private final BusGuard guard;
    private final Member member;
    private final EventBus plain;
    private final Exchange exchange;
    private final Consumers consumers = new Consumers();
    private final List<ProviderStream> streams = new CopyOnWriteArrayList<>();
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
        return send(address, message, Outside.DEFAULTS);
    }

    @Override
    public EventBus send(String address, @Nullable Object message, DeliveryOptions options) {
        Operation operation = operationAt(address);
        if (seals(operation, address)) {
            sendSealed(operation, address, message, options);
        } else {
            plainly(address, () -> plain.send(address, message, options));
        }
        return this;
    }

    private void sendSealed(
            @Nullable Operation operation, String address, @Nullable Object message, DeliveryOptions options) {
        List<String> several = several(operation, address);
        if (several.size() > 1) {
            throwIfDenied(oneWay(several, message, options));
        } else {
            RequestCarrier carrier = carrier(message, options);
            plain.send(address, carrier, Outside.options(options));
            throwIfDenied(carrier);
        }
    }

    /** Where a message to an address may go, in order of preference: nowhere else, unless its operation has backups. */
    List<String> addresses(String address) {
        List<String> several = several(guard.operationAt(address), address);
        return several.isEmpty() ? List.of(address) : several;
    }

    /** The same, but none where the operation has no backups: nearly always, and then nothing is made for it. */
    private List<String> several(@Nullable Operation operation, String address) {
        List<String> failover = operation == null ? List.of() : member.failover(operation);
        return operation == null || failover.isEmpty() ? List.of() : Route.of(address, failover, operation);
    }

    /** Sends a message to the first of several addresses that has handlers. */
    Future<Void> oneWay(List<String> addresses, @Nullable Object message, DeliveryOptions options) {
        return new OneWay(guard, member, addresses, content(message, options), options).send();
    }

    private static void throwIfDenied(Future<Void> sent) {
        if (sent.cause() instanceof DeniedException denial) {
            throw denial;
        }
    }

    @Override
    public EventBus publish(String address, @Nullable Object message) {
        return publish(address, message, Outside.DEFAULTS);
    }

    @Override
    public EventBus publish(String address, @Nullable Object message, DeliveryOptions options) {
        if (seals(address)) {
            RequestCarrier carrier = carrier(message, options);
            plain.publish(address, carrier, Outside.options(options));
            throwIfDenied(carrier);
        } else {
            plainly(address, () -> plain.publish(address, message, options));
        }
        return this;
    }

    @Override
    public <T> Future<Message<T>> request(String address, @Nullable Object message) {
        return request(address, message, Outside.DEFAULTS);
    }

    @Override
    public <T> Future<Message<T>> request(String address, @Nullable Object message, DeliveryOptions options) {
        Operation operation = operationAt(address);
        if (!seals(operation, address)) {
            return plainly(address, () -> plain.request(address, message, options));
        }
        List<String> several = several(operation, address);
        Content content = content(message, options);
        return several.size() > 1
                ? new Failover<T>(guard, member, exchange, several, isIdempotent(operation), content, options).send()
                : new Resends<T>(guard, member, exchange, address, content, options, options.getSendTimeout(), null)
                        .send();
    }

    private static boolean isIdempotent(@Nullable Operation operation) {
        return operation != null && operation.idempotent();
    }

    private @Nullable Operation operationAt(String address) {
        return guard.operationAt(Objects.requireNonNull(address, "no null address accepted"));
    }

    /** True when a message to the address leaves sealed, or not at all. */
    boolean seals(String address) {
        return seals(operationAt(address), address);
    }

    private boolean seals(@Nullable Operation operation, String address) {
        Mode mode = guard.modeOf(operation, address);
        return mode == Mode.STRICT || (mode == Mode.PERMISSIVE && member.canSealTo(operation));
    }

    /** Sends what leaves in plaintext, and sees to it that this member's service is known to have sent it. */
    <R> R plainly(String address, Supplier<R> sending) {
        return guard.modeAt(address).counts() ? guard.passage().sendAs(member.service(), sending) : sending.get();
    }

    RequestCarrier carrier(@Nullable Object message, DeliveryOptions options) {
        return new RequestCarrier(member, content(message, options));
    }

    private Content content(@Nullable Object message, DeliveryOptions options) {
        boolean local = options.isLocalOnly() || !guard.vertx().isClustered();
        MessageCodec<?, ?> codec = guard.codecs().choose(message, options.getCodecName(), local);
        return Content.of(codec, message, options.getHeaders()).withPatience(Exchange.patience(options));
    }

    private static void throwIfDenied(Carrier carrier) {
        DeniedException denial = carrier.denial();
        if (denial != null) {
            throw denial;
        }
    }

    <R> Future<R> failed(Throwable failure) {
        return context().failedFuture(failure);
    }

    Future<Void> succeeded() {
        return context().succeededFuture();
    }

    private ContextInternal context() {
        return (ContextInternal) guard.vertx().getOrCreateContext();
    }

    @Override
    public <T> MessageProducer<T> sender(String address) {
        return sender(address, new DeliveryOptions());
    }

    @Override
    public <T> MessageProducer<T> sender(String address, DeliveryOptions options) {
        return new SecuredProducer<>(this, address, options, plain::sender, true);
    }

    @Override
    public <T> MessageProducer<T> publisher(String address) {
        return publisher(address, new DeliveryOptions());
    }

    @Override
    public <T> MessageProducer<T> publisher(String address, DeliveryOptions options) {
        return new SecuredProducer<>(this, address, options, plain::publisher, false);
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options) {
        return secured(plain.consumer(options), options.getMaxBufferedMessages());
    }

    @Override
    public <T> MessageConsumer<T> consumer(MessageConsumerOptions options, Handler<Message<T>> handler) {
        return this.<T>consumer(options).handler(Objects.requireNonNull(handler, "handler"));
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address) {
        return secured(plain.consumer(address), MessageConsumerOptions.DEFAULT_MAX_BUFFERED_MESSAGES);
    }

    @Override
    public <T> MessageConsumer<T> consumer(String address, Handler<Message<T>> handler) {
        return this.<T>consumer(address).handler(Objects.requireNonNull(handler, "handler"));
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address) {
        return secured(plain.localConsumer(address), MessageConsumerOptions.DEFAULT_MAX_BUFFERED_MESSAGES);
    }

    @Override
    public <T> MessageConsumer<T> localConsumer(String address, Handler<Message<T>> handler) {
        return this.<T>localConsumer(address).handler(Objects.requireNonNull(handler, "handler"));
    }

    /** Secures a consumer that has no handler yet. */
    private <T> MessageConsumer<T> secured(MessageConsumer<Object> created, int maxBufferedMessages) {
        String address = created.address();
        Operation operation = guard.operationAt(address);
        boolean mine = operation == null || member.provides().contains(operation.name());
        if (!mine && guard.modeAt(address) == Mode.STRICT) {
            return new RefusedConsumer<>(guard.vertx(), address);
        }
        return new SecuredConsumer<>(created, maxBufferedMessages, guard, exchange, member, consumers);
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
        plain.addOutboundInterceptor(new InterceptorView<>(interceptor, guard, exchange));
        return this;
    }

    @Override
    public <T> EventBus removeOutboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.removeOutboundInterceptor(new InterceptorView<>(interceptor, guard, exchange));
        return this;
    }

    @Override
    public <T> EventBus addInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.addInboundInterceptor(new InterceptorView<>(interceptor, guard, exchange));
        return this;
    }

    @Override
    public <T> EventBus removeInboundInterceptor(Handler<DeliveryContext<T>> interceptor) {
        plain.removeInboundInterceptor(new InterceptorView<>(interceptor, guard, exchange));
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
        streams.forEach(ProviderStream::end);
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
    public List<Observation> observations() {
        return guard.observations().snapshot();
    }

    @Override
    public Metrics metrics() {
        return guard.metrics();
    }

    @Override
    public Health health() {
        return member.health();
    }

    @Override
    public SecureEventBus healthHandler(@Nullable Handler<Health> handler) {
        member.healthWatch().handler(handler);
        return this;
    }

    @Override
    public Map<Alarm, Long> alarms() {
        return guard.alarms().snapshot();
    }

    @Override
    public Map<DenialReason, Long> refusals() {
        return guard.refused();
    }

    @Override
    public Future<List<Provider>> providers(String operation) {
        Promise<List<Provider>> told = context().promise();
        guard.directories().providers(member, operation).onComplete(told);
        return told.future();
    }

    @Override
    public ReadStream<ProviderChange> providerChanges(String operation) {
        return new ProviderStream(context(), guard.directories(), member, operation, streams);
    }

    /** Names the instance. */
    @Override
    public String toString() {
        return "SecureEventBus[" + member.instance() + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.policy.Mode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/**
 * A member's consumer: its handler sees what the inbound interceptor opened, and what may pass in plaintext.
 *
 * <p>While it is paused, messages of an operation wait in the {@link Inbox}, after they were checked. At any other address it is
 * the plain consumer under it that is paused, so that all stays as it is on the plain bus.
 */
final class SecuredConsumer<T> implements MessageConsumer<T> {
    private static final Logger LOG = LoggerFactory.getLogger(SecuredConsumer.class);

    private final MessageConsumer<Object> plain;
    private final BusGuard guard;
    private final Exchange exchange;
    private final Member member;
    private final Consumers siblings;
    private final Inbox<T> inbox;
    private volatile @Nullable Handler<Message<T>> handler;
    private volatile @Nullable Handler<Void> endHandler;

    SecuredConsumer(
            MessageConsumer<Object> plain,
            int maxBufferedMessages,
            BusGuard guard,
            Exchange exchange,
            Member member,
            Consumers siblings) {
        this.plain = plain;
        this.guard = guard;
        this.exchange = exchange;
        this.member = member;
        this.siblings = siblings;
        ContextInternal context = (ContextInternal) guard.vertx().getOrCreateContext();
        this.inbox = new Inbox<>(context, maxBufferedMessages, () -> handler, this::discard);
        // Undeploying a verticle unregisters its plain consumers, which says so here and nowhere else.
        plain.endHandler(ended -> end());
    }

    @Override
    public MessageConsumer<T> handler(@Nullable Handler<Message<T>> next) {
        if (next == null) {
            unregister();
        } else {
            handler = next;
            siblings.add(this);
            plain.handler(this::arrive);
        }
        return this;
    }

    private void arrive(Message<Object> outer) {
        if (InboundInterceptor.codecOf(outer) == guard.codec()) {
            arriveSealed(outer);
        } else {
            arrivePlain(outer);
        }
    }

    private void arriveSealed(Message<Object> outer) {
        Readable opened = outer.body() instanceof Delivery delivery ? delivery.opened() : null;
        if (opened == null || member.hasLeft()) {
            // The gate lets nothing unopened through; should that ever change, this still fails closed.
            refuse(outer, DenialReason.LEFT);
        } else if (!isMine(opened)) {
            exchange.refusals().note(DenialReason.NOT_A_PROVIDER, outer.address());
            exchange.refuse(outer, opened.session(), DenialReason.NOT_A_PROVIDER);
        } else {
            inbox.take(new SecuredMessage<>(outer, opened, exchange));
        }
    }

    /** The gate asks whether anybody in this JVM provides the operation, which need not be this member. */
    private boolean isMine(Readable opened) {
        return member.provides().contains(opened.session().grant().operation());
    }

    private void refuse(Message<?> message, DenialReason reason) {
        exchange.refusals().note(reason, message.address());
        message.fail(reason.code(), reason.text());
    }

    @SuppressWarnings("unchecked") // What a consumer delivers is its receiver's guess, on the plain bus too.
    private void arrivePlain(Message<Object> message) {
        Mode mode = guard.modeAt(message.address());
        if (!mode.passesPlaintext()) {
            // As above; it may also have come while the address was not strict yet.
            refuse(message, DenialReason.PLAINTEXT);
            return;
        }
        if (mode.counts()) {
            guard.passage().claim(member.service());
        }
        inbox.take((Message<T>) message);
    }

    private void discard(Message<T> message, boolean full) {
        LOG.warn("Discarding message as "
                + (full ? "the paused consumer's buffer is full" : "the consumer is not registered")
                + ". address: " + address());
        if (message.replyAddress() != null) {
            message.reply(new ReplyException(
                    ReplyFailure.TIMEOUT,
                    "Discarded the request. address: " + message.replyAddress() + ", repliedAddress: "
                            + message.address()));
        }
    }

    private void end() {
        handler = null;
        siblings.remove(this);
        Handler<Void> listener = endHandler;
        if (listener != null) {
            listener.handle(null);
        }
        inbox.close();
    }

    @Override
    public MessageConsumer<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
        plain.exceptionHandler(handler);
        return this;
    }

    @Override
    public MessageConsumer<T> pause() {
        if (guard.operationAt(address()) == null) {
            plain.pause();
        } else {
            inbox.pause();
        }
        return this;
    }

    @Override
    public MessageConsumer<T> resume() {
        return fetch(Long.MAX_VALUE);
    }

    @Override
    public MessageConsumer<T> fetch(long amount) {
        // Either may be paused, or both, as policy may have come to cover the address meanwhile. The other takes no
        // notice.
        plain.fetch(amount);
        inbox.fetch(amount);
        return this;
    }

    @Override
    public MessageConsumer<T> endHandler(@Nullable Handler<Void> next) {
        Context context = guard.vertx().getOrCreateContext();
        endHandler = next == null ? null : ended -> context.runOnContext(next);
        return this;
    }

    @Override
    public ReadStream<T> bodyStream() {
        return new SecuredBodyStream<>(this);
    }

    @Override
    public String address() {
        return plain.address();
    }

    @Override
    public boolean isRegistered() {
        return plain.isRegistered();
    }

    @Override
    public Future<Void> completion() {
        return plain.completion();
    }

    @Override
    public Future<Void> unregister() {
        handler = null;
        return plain.unregister();
    }
}

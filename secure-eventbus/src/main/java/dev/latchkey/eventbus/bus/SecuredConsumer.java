// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A consumer on a secured address: its handler sees what the inbound interceptor opened, and nothing else. */
final class SecuredConsumer<T> implements MessageConsumer<T> {
    private final MessageConsumer<Delivery> plain;
    private final Exchange exchange;
    private final Member member;
    private final Consumers siblings;

    SecuredConsumer(MessageConsumer<Delivery> plain, Exchange exchange, Member member, Consumers siblings) {
        this.plain = plain;
        this.exchange = exchange;
        this.member = member;
        this.siblings = siblings;
    }

    @Override
    public MessageConsumer<T> handler(@Nullable Handler<Message<T>> handler) {
        if (handler == null) {
            unregister();
        } else {
            siblings.add(this);
            plain.handler(outer -> deliver(outer, handler));
        }
        return this;
    }

    private void deliver(Message<Delivery> outer, Handler<Message<T>> handler) {
        Opened opened = outer.body().opened();
        if (opened == null || member.hasLeft()) {
            // The gate lets nothing unopened through; should that ever change, this still fails closed.
            exchange.refusals().note(DenialReason.LEFT, outer.address());
            outer.fail(DenialReason.LEFT.code(), DenialReason.LEFT.text());
        } else {
            handler.handle(new SecuredMessage<>(outer, opened, exchange));
        }
    }

    @Override
    public MessageConsumer<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
        plain.exceptionHandler(handler);
        return this;
    }

    @Override
    public MessageConsumer<T> pause() {
        plain.pause();
        return this;
    }

    @Override
    public MessageConsumer<T> resume() {
        plain.resume();
        return this;
    }

    @Override
    public MessageConsumer<T> fetch(long amount) {
        plain.fetch(amount);
        return this;
    }

    @Override
    public MessageConsumer<T> endHandler(@Nullable Handler<Void> handler) {
        plain.endHandler(handler);
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
        siblings.remove(this);
        return plain.unregister();
    }
}

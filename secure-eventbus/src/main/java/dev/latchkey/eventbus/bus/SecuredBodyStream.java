// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Handler;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** The bodies of a consumer's messages. */
final class SecuredBodyStream<T> implements ReadStream<T> {
    private final MessageConsumer<T> consumer;

    SecuredBodyStream(MessageConsumer<T> consumer) {
        this.consumer = consumer;
    }

    @Override
    public ReadStream<T> handler(@Nullable Handler<T> handler) {
        if (handler == null) {
            consumer.handler(null);
        } else {
            consumer.handler(message -> handler.handle(message.body()));
        }
        return this;
    }

    @Override
    public ReadStream<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
        consumer.exceptionHandler(handler);
        return this;
    }

    @Override
    public ReadStream<T> pause() {
        consumer.pause();
        return this;
    }

    @Override
    public ReadStream<T> resume() {
        consumer.resume();
        return this;
    }

    @Override
    public ReadStream<T> fetch(long amount) {
        consumer.fetch(amount);
        return this;
    }

    @Override
    public ReadStream<T> endHandler(@Nullable Handler<Void> handler) {
        consumer.endHandler(handler);
        return this;
    }
}

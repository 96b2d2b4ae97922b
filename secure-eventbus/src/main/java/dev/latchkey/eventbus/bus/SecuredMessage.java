// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.jspecify.annotations.Nullable;

/** A message that passed every check, as a handler sees it. Its answers go out sealed. */
final class SecuredMessage<T> implements Message<T> {
    private final Message<Delivery> outer;
    private final Opened opened;
    private final Exchange exchange;
    private final MultiMap headers;

    SecuredMessage(Message<Delivery> outer, Opened opened, Exchange exchange) {
        this.outer = outer;
        this.opened = opened;
        this.exchange = exchange;
        Content content = opened.content();
        this.headers = content.headers() == null ? MultiMap.caseInsensitiveMultiMap() : content.headers();
    }

    @Override
    public String address() {
        return outer.address();
    }

    @Override
    public MultiMap headers() {
        return headers;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // As on the plain bus: T is the receiver's guess, and may be null.
    public T body() {
        return (T) opened.content().body();
    }

    @Override
    public @Nullable String replyAddress() {
        return outer.replyAddress();
    }

    @Override
    public boolean isSend() {
        return outer.isSend();
    }

    @Override
    public void reply(@Nullable Object message, DeliveryOptions options) {
        if (replyAddress() != null) {
            outer.reply(carrier(message, options), Outside.options(options));
        }
    }

    @Override
    public <R> Future<Message<R>> replyAndRequest(@Nullable Object message, DeliveryOptions options) {
        if (replyAddress() == null) {
            throw new IllegalStateException("the message expects no reply");
        }
        ReplyCarrier carrier = carrier(message, options);
        return exchange.answer(carrier, () -> outer.replyAndRequest(carrier, Outside.options(options)));
    }

    private ReplyCarrier carrier(@Nullable Object message, DeliveryOptions options) {
        return exchange.reply(opened.session(), message, options, exchange.isLocal());
    }

    /** Names the address; never shows the content. */
    @Override
    public String toString() {
        return "Message[" + address() + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import org.jspecify.annotations.Nullable;

/** A sealed message as handlers and interceptors see it: plain. Its answers go out sealed. */
final class SecuredMessage<T> implements Message<T> {
    private final Message<?> outer;
    private final Readable inner;
    private final Exchange exchange;

    SecuredMessage(Message<?> outer, Readable inner, Exchange exchange) {
        this.outer = outer;
        this.inner = inner;
        this.exchange = exchange;
    }

    @Override
    public String address() {
        return outer.address();
    }

    @Override
    public MultiMap headers() {
        return inner.headers();
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // As on the plain bus: T is the receiver's guess, and may be null.
    public T body() {
        return (T) inner.body();
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
    public void reply(@Nullable Object message) {
        reply(message, Outside.DEFAULTS);
    }

    @Override
    public void reply(@Nullable Object message, DeliveryOptions options) {
        if (replyAddress() != null && (needsNoKey() || failIfEnded() == null)) {
            outer.reply(carrier(message, options), Outside.options(options));
        }
    }

    @Override
    public <R> Future<Message<R>> replyAndRequest(@Nullable Object message, DeliveryOptions options) {
        if (replyAddress() == null) {
            throw new IllegalStateException("the message expects no reply");
        }
        DenialReason ended = failIfEnded();
        if (ended != null) {
            return exchange.denied(ended);
        }
        ReplyCarrier carrier = carrier(message, options);
        return exchange.answer(carrier, () -> outer.replyAndRequest(carrier, Outside.options(options)));
    }

    /** Keys that were replaced under way are no reason to lose an answer that is never sealed. */
    private boolean needsNoKey() {
        return inner.session().ended() == DenialReason.STALE_EPOCH && Exchange.isLocal(outer);
    }

    /** Tells the requester when the session has ended, and says why; null while it lives. */
    private @Nullable DenialReason failIfEnded() {
        DenialReason ended = inner.session().ended();
        if (ended != null) {
            // There is no key left to seal with; without an answer the requester would wait for its timeout.
            outer.fail(ended.code(), ended.text());
        }
        return ended;
    }

    private ReplyCarrier carrier(@Nullable Object message, DeliveryOptions options) {
        return exchange.reply(inner.session(), message, options, Exchange.isLocal(outer));
    }

    /** Names the address; never shows the content. */
    @Override
    public String toString() {
        return "Message[" + address() + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

/** A consumer on a secured address whose operation the member may not provide: its registration fails. */
final class RefusedConsumer<T> implements MessageConsumer<T> {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.refusals");

    private final Vertx vertx;
    private final String address;

    RefusedConsumer(Vertx vertx, String address) {
        this.vertx = vertx;
        this.address = address;
    }

    @Override
    public MessageConsumer<T> handler(@Nullable Handler<Message<T>> handler) {
        if (handler != null) {
            LOG.error("no consumer was registered: " + denied().getMessage());
        }
        return this;
    }

    private DeniedException denied() {
        return new DeniedException(
                DenialReason.NOT_A_PROVIDER,
                "this instance may not provide the operation at '" + address
                        + "'; add it to the service's 'provides' in the policy");
    }

    @Override
    public Future<Void> completion() {
        return ((ContextInternal) vertx.getOrCreateContext()).failedFuture(denied());
    }

    @Override
    public Future<Void> unregister() {
        return ((ContextInternal) vertx.getOrCreateContext()).succeededFuture();
    }

    @Override
    public boolean isRegistered() {
        return false;
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public ReadStream<T> bodyStream() {
        return new SecuredBodyStream<>(this);
    }

    @Override
    public MessageConsumer<T> exceptionHandler(@Nullable Handler<Throwable> handler) {
        return this;
    }

    @Override
    public MessageConsumer<T> pause() {
        return this;
    }

    @Override
    public MessageConsumer<T> resume() {
        return this;
    }

    @Override
    public MessageConsumer<T> fetch(long amount) {
        return this;
    }

    @Override
    public MessageConsumer<T> endHandler(@Nullable Handler<Void> handler) {
        return this;
    }
}

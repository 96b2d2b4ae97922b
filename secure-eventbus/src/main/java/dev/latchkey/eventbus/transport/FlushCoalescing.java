// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.transport;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets what an event loop writes to a connection in one go leave in one system call.
 *
 * <p>A flush waits until the loop has done what it is at, but no longer than {@value #MOST} flushes, nor than {@value #MICROS} microseconds
 * once another one comes: where handlers take long, each message leaves before the next handler has ended. Nothing changes its order, and
 * nothing stays behind when the connection closes. Netty's own {@code FlushConsolidationHandler} has no bound of time.
 *
 * <p>Confined to its channel's event loop.
 */
final class FlushCoalescing extends ChannelDuplexHandler {
    static final int MOST = 64;
    static final int MICROS = 100;

    private final LongSupplier nanoTime;
    private @Nullable Runnable task;
    private boolean scheduled;
    private int waiting;
    private long since;

    FlushCoalescing(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        task = () -> {
            scheduled = false;
            flushNow(context);
        };
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        long now = nanoTime.getAsLong();
        if (waiting++ == 0) {
            since = now;
        }
        if (waiting >= MOST || now - since >= TimeUnit.MICROSECONDS.toNanos(MICROS)) {
            flushNow(context);
        } else {
            schedule(context);
        }
    }

    private void schedule(ChannelHandlerContext context) {
        if (!scheduled && task != null) {
            scheduled = true;
            context.executor().execute(task);
        }
    }

    private void flushNow(ChannelHandlerContext context) {
        if (waiting > 0) {
            waiting = 0;
            context.flush();
        }
    }

    /** What is written faster than it is sent is flushed at once, or it would pile up here. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            flushNow(context);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        flushNow(context);
        context.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        flushNow(context);
    }
}

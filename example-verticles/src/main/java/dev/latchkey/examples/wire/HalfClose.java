// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * Lets one side of a Vert.x socket end while the other goes on. By itself Vert.x closes a socket whose peer has
 * finished sending, and the answer that was on its way is lost: a proxy must not do that.
 *
 * <p>Netty can keep such a channel open, and tells by an event. Events overtake data that waits behind a pause, so the
 * event is turned into an empty chunk, which no socket ever delivers otherwise, and queues up like any chunk.
 */
final class HalfClose {

    private static final String VERTX_HANDLER = "handler";

    private HalfClose() {}

    /** From now on, an empty chunk says that the peer has finished sending. Call it on the socket's event loop. */
    static void announceEnd(NetSocket socket) {
        Channel channel = channel(socket);
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addBefore(VERTX_HANDLER, "half-close", new EndAnnouncer());
    }

    static boolean isOpen(NetSocket socket) {
        return channel(socket).isActive();
    }

    static boolean isEnd(Buffer chunk) {
        return chunk.length() == 0;
    }

    /** Finishes sending, behind everything that is still to be written. */
    static Future<Void> end(NetSocket socket) {
        return socket.write(Buffer.buffer()).onSuccess(written -> shutdownOutput(channel(socket)));
    }

    private static void shutdownOutput(Channel channel) {
        if (channel instanceof DuplexChannel duplex) {
            duplex.shutdownOutput();
        }
    }

    private static Channel channel(NetSocket socket) {
        return ((NetSocketInternal) socket).channelHandlerContext().channel();
    }

    /** One per channel. */
    private static final class EndAnnouncer extends ChannelInboundHandlerAdapter {

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof ChannelInputShutdownEvent) {
                context.fireChannelRead(Unpooled.EMPTY_BUFFER);
                context.fireChannelReadComplete();
            } else {
                context.fireUserEventTriggered(event);
            }
        }
    }
}

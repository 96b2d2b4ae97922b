// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.Field;
import java.util.Map;

/**
 * Coalesces the flushes of an event bus's connections to other nodes.
 *
 * <p>Vert.x flushes each message by itself when it is sent from the event loop of its connection, which costs as much as all else that
 * is done for a small message. It has no way to ask for anything else, so the connections are looked up by reflection, every {@value
 * #MILLIS} milliseconds. Where that is not possible (another Vert.x, or strong encapsulation) all stays as it is, and a line of the log
 * says so.
 */
public final class CoalescedWrites {
    static final String HANDLER = "latchkey-flush";
    static final int MILLIS = 250;

    private static final Logger LOG = LoggerFactory.getLogger(CoalescedWrites.class);

    private final Map<?, ?> connections;

    private CoalescedWrites(Map<?, ?> connections) {
        this.connections = connections;
    }

    /**
     * Begins with it, for as long as the Vertx lives.
     *
     * @return false when it is not possible
     */
    public static boolean begin(Vertx vertx) {
        try {
            CoalescedWrites writes = new CoalescedWrites(connectionsOf(vertx.eventBus()));
            vertx.setPeriodic(MILLIS, id -> writes.install());
            return true;
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.info("writes to other nodes are not coalesced, as this Vert.x does not show its connections: " + e);
            return false;
        }
    }

    private static Map<?, ?> connectionsOf(EventBus bus) throws ReflectiveOperationException {
        return (Map<?, ?>) field(bus, "outboundConnections");
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private void install() {
        connections.values().forEach(CoalescedWrites::install);
    }

    private static void install(Object connection) {
        try {
            if (field(connection, "socket") instanceof NetSocketInternal socket) {
                install(socket.channelHandlerContext());
            }
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.debug("a connection is left as it is", e);
        }
    }

    private static void install(ChannelHandlerContext vertx) {
        ChannelPipeline pipeline = vertx.pipeline();
        if (pipeline.get(HANDLER) == null) {
            // On its loop: the handler is confined to it.
            vertx.executor().execute(() -> add(pipeline, vertx.name()));
        }
    }

    private static void add(ChannelPipeline pipeline, String before) {
        if (pipeline.get(HANDLER) == null && pipeline.get(before) != null) {
            pipeline.addBefore(before, HANDLER, new FlushCoalescing(System::nanoTime));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.transport.CoalescedWrites;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.internal.net.NetSocketInternal;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Between real nodes: connections are found, and all arrives in order; without the setting nothing changes. */
class CoalescedWritesTest {
    private static final int MESSAGES = 40;
    private static final List<Integer> ALL =
            IntStream.range(0, MESSAGES).boxed().toList();

    private final Topology topology = Topology.clustered(2);
    private final Vertx here = topology.node(0);
    private final Realm realm = Realm.create();
    private final List<Integer> arrived = new CopyOnWriteArrayList<>();
    private final AtomicInteger flushes = new AtomicInteger();

    @AfterEach
    void close() {
        topology.close();
    }

    /** What Vert.x writes to the other node through, once it is connected. */
    private static Optional<ChannelHandlerContext> connection(Vertx vertx) {
        try {
            for (Object connection : ((Map<?, ?>) field(vertx.eventBus(), "outboundConnections")).values()) {
                if (field(connection, "socket") instanceof NetSocketInternal socket) {
                    return Optional.of(socket.channelHandlerContext());
                }
            }
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static Object field(Object object, String name) throws ReflectiveOperationException {
        Field field = object.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(object);
    }

    private final class Counting extends ChannelOutboundHandlerAdapter {
        @Override
        public void flush(ChannelHandlerContext context) {
            flushes.incrementAndGet();
            context.flush();
        }
    }

    private boolean isCoalesced() {
        return connection(here)
                .map(ChannelHandlerContext::pipeline)
                .map(ChannelPipeline::names)
                .filter(names -> names.contains("latchkey-flush"))
                .isPresent();
    }

    /** Sends from the connection's own event loop, in one turn of it. */
    private void sendAll(EventBus bus) {
        ChannelHandlerContext connection = connection(here).orElseThrow();
        connection.executor().execute(() -> {
            connection.pipeline().addFirst(new Counting());
            ALL.forEach(i -> bus.send("greeting.hello", i));
        });
        await().until(() -> arrived.size() == MESSAGES);
        assertThat(arrived).isEqualTo(ALL);
    }

    private SecureEventBus joinBoth(boolean coalesce) {
        realm.deployOrchestrator(topology.node(1));
        SecureEventBus greeter = Realm.await(
                SecureEventBus.join(topology.node(1), realm.options("greeter").setCoalesceWrites(false)));
        Realm.await(greeter.<Integer>consumer("greeting.hello", message -> {
                    arrived.add(message.body());
                    message.reply(message.body());
                })
                .completion());
        SecureEventBus caller =
                Realm.await(SecureEventBus.join(here, realm.options("caller").setCoalesceWrites(coalesce)));
        Realm.await(caller.request("greeting.hello", -1));
        arrived.clear();
        return caller;
    }

    @Test
    void withTheSetting_connectionsAreCoalesced_andOrderStays() {
        SecureEventBus caller = joinBoth(true);
        await().until(this::isCoalesced);
        // How many leave at once depends on how long each takes to seal here: see FlushCoalescingTest.
        sendAll(caller);
    }

    @Test
    void withoutTheSetting_eachMessageIsWrittenByItself() {
        SecureEventBus caller = joinBoth(false);
        sendAll(caller);
        assertThat(isCoalesced()).isFalse();
        assertThat(flushes).hasValueGreaterThanOrEqualTo(MESSAGES);
    }

    @Test
    void busOfOneNode_hasNothingToCoalesce() {
        Topology alone = Topology.local();
        try {
            assertThat(CoalescedWrites.begin(alone.node(0))).isFalse();
        } finally {
            alone.close();
        }
    }
}

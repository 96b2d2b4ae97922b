// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the tap is for: two real nodes with a plain event bus, and everything there is to be seen between them. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class EventBusOnTheWireTest {

    private static final String SECRET = "patient 4711 has measles";

    private final Vertx outside = Vertx.vertx();
    private final WireLog log = new WireLog(List.of(Needle.ofText(SECRET)));
    private int firstMember;
    private int secondMember;
    private int busPort;
    private WireTap tap;
    private Vertx provider;
    private Vertx caller;

    @BeforeEach
    void start() throws Exception {
        firstMember = freePort();
        secondMember = freePort();
        busPort = freePort();
        tap = result(WireTap.start(outside, 0, busPort, log));
        provider = node(firstMember, new EventBusOptions().setPort(busPort).setClusterPublicPort(tap.port()));
        caller = node(secondMember, new EventBusOptions());
    }

    @AfterEach
    void stop() throws Exception {
        result(Future.join(provider.close(), caller.close(), outside.close()));
    }

    @Test
    void plainMessage_isSeenCapturedAndCanBeReplayed() throws Exception {
        CompletableFuture<String> first = new CompletableFuture<>();
        CompletableFuture<String> second = new CompletableFuture<>();
        result(provider.eventBus()
                .<String>consumer("clinic.report")
                .handler(message -> (first.complete(message.body()) ? first : second).complete(message.body()))
                .completion());

        caller.eventBus().send("clinic.report", SECRET);
        assertThat(first.get(20, TimeUnit.SECONDS)).isEqualTo(SECRET);
        assertThat(log.sightings()).isEqualTo(Map.of(SECRET, 1L));

        replay(log.firstFrameContaining("clinic.report".getBytes(US_ASCII)).orElseThrow());
        assertThat(second.get(20, TimeUnit.SECONDS)).isEqualTo(SECRET);
    }

    private void replay(byte[] frame) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), busPort)) {
            socket.getOutputStream().write(frame);
        }
    }

    private Vertx node(int member, EventBusOptions bus) throws Exception {
        VertxOptions options = new VertxOptions().setEventBusOptions(bus.setHost("127.0.0.1"));
        return result(Vertx.builder()
                .with(options)
                .withClusterManager(new HazelcastClusterManager(hazelcast(member)))
                .buildClustered());
    }

    /** Ports and a name of its own: no other test's cluster gets mixed in. */
    private Config hazelcast(int member) {
        Config config = new Config().setClusterName("wire-test-" + firstMember);
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        JoinConfig join = config.getNetworkConfig().setPort(member).getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig()
                .setEnabled(true)
                .addMember("127.0.0.1:" + firstMember)
                .addMember("127.0.0.1:" + secondMember);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        return config;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static <T> T result(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}

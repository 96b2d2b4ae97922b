// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.demo.wire.WireLog;
import dev.latchkey.examples.demo.wire.WireTap;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** The demo's JVMs, with a tap before each event-bus port: every byte between two nodes passes the wire log. */
final class DemoCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long TAP_SECONDS = 5;

    private final Vertx vertx = Vertx.vertx();
    private final String name = "latchkey-demo-" + UUID.randomUUID();
    private final int firstPort;
    private final Path folder;
    private final Path log;
    private final WireLog wire;
    private final Map<NodeRole, NodeProcess> nodes = new EnumMap<>(NodeRole.class);
    private final Map<NodeRole, WireTap> taps = new EnumMap<>(NodeRole.class);

    DemoCluster(Path folder, Path log, WireLog wire) throws IOException {
        this.firstPort = FreePort.on(LOOPBACK);
        this.folder = folder;
        this.log = log;
        this.wire = wire;
    }

    /** Starts a node's JVM; it is ready when its {@link NodeProcess#awaitReady} says so. */
    NodeProcess start(NodeRole role, JsonObject extra, BiConsumer<String, JsonObject> events)
            throws IOException, DemoException {
        int busPort = FreePort.on(LOOPBACK);
        WireTap tap = tap(busPort);
        taps.put(role, tap);
        int port = role == NodeRole.ORCHESTRATOR ? firstPort : FreePort.on(LOOPBACK);
        ClusterSettings cluster =
                ClusterSettings.loopback(name, port, firstPort).withEventBusPorts(busPort, tap.port());
        NodeProcess node = NodeProcess.start(new NodeSettings(role, folder, cluster, extra), log, events);
        nodes.put(role, node);
        return node;
    }

    private WireTap tap(int busPort) throws DemoException {
        try {
            return WireTap.start(vertx, 0, busPort, wire)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TAP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new DemoException("the wiretap could not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted");
        }
    }

    NodeProcess node(NodeRole role) {
        return Objects.requireNonNull(nodes.get(role), role.label());
    }

    /** The port at which a node's bus is dialled. */
    int busPort(NodeRole role) {
        return Objects.requireNonNull(taps.get(role), role.label()).port();
    }

    WireLog wire() {
        return wire;
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
        vertx.close();
    }
}

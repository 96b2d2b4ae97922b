// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import dev.latchkey.examples.wire.WireLog;
import dev.latchkey.examples.wire.WireTap;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/** Nodes' JVMs, with a tap before each event-bus port: every byte between two nodes passes the wire log. */
public final class NodeCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long TAP_SECONDS = 5;

    private final Vertx vertx = Vertx.vertx();
    private final String name = "latchkey-nodes-" + UUID.randomUUID();
    private final Class<?> main;
    private final int firstPort;
    private final Path folder;
    private final Path log;
    private final WireLog wire;
    private final Map<String, NodeProcess> nodes = new LinkedHashMap<>();
    private final Map<String, WireTap> taps = new LinkedHashMap<>();

    /** An empty cluster, whose nodes run a class; the first that starts is the one that all others join. */
    public NodeCluster(Class<?> main, Path folder, Path log, WireLog wire) throws IOException {
        this.firstPort = FreePort.on(LOOPBACK);
        this.main = main;
        this.folder = folder;
        this.log = log;
        this.wire = wire;
    }

    /** Starts a node's JVM; it is ready when its {@link NodeProcess#awaitReady} says so. */
    public NodeProcess start(String role, JsonObject extra, BiConsumer<String, JsonObject> events)
            throws IOException, NodeException {
        int busPort = FreePort.on(LOOPBACK);
        WireTap tap = tap(busPort);
        taps.put(role, tap);
        int port = nodes.isEmpty() ? firstPort : FreePort.on(LOOPBACK);
        ClusterSettings cluster =
                ClusterSettings.loopback(name, port, firstPort).withEventBusPorts(busPort, tap.port());
        NodeProcess node = NodeProcess.start(main, new NodeSettings(role, folder, cluster, extra), log, events);
        nodes.put(role, node);
        return node;
    }

    private WireTap tap(int busPort) throws NodeException {
        try {
            return WireTap.start(vertx, 0, busPort, wire)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TAP_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NodeException("the wiretap could not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted");
        }
    }

    /** A node that was started. */
    public NodeProcess node(String role) {
        return Objects.requireNonNull(nodes.get(role), role);
    }

    /** The port at which a node's bus is dialled. */
    public int busPort(String role) {
        return Objects.requireNonNull(taps.get(role), role).port();
    }

    /** What went over the wire. */
    public WireLog wire() {
        return wire;
    }

    @Override
    public void close() {
        nodes.values().forEach(NodeProcess::close);
        vertx.close();
    }
}

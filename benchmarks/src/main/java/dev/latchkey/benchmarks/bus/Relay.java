// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.wire.WireLog;
import dev.latchkey.examples.wire.WireTap;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has nodes dialled through relays that count every byte, those of TLS included. */
final class Relay implements Dialling, AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long START_SECONDS = 10;

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, WireLog> logs = new ConcurrentHashMap<>();

    @Override
    public ClusterSettings dial(String role, ClusterSettings cluster) throws IOException, NodeException {
        int busPort = FreePort.on(LOOPBACK);
        WireLog log = new WireLog(List.of());
        logs.put(role, log);
        return cluster.withEventBusPorts(busPort, start(busPort, log).port());
    }

    private WireTap start(int busPort, WireLog log) throws NodeException {
        try {
            return WireTap.start(vertx, 0, busPort, log)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new NodeException("the relay could not start: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NodeException("interrupted");
        }
    }

    /** Bytes on the connections that were dialled to a node, so far. */
    long bytesTo(String role) {
        return Objects.requireNonNull(logs.get(role), role).totalBytes();
    }

    @Override
    public void close() {
        vertx.close();
    }
}

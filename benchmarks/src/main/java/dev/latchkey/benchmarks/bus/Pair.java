// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Two JVMs in one mode, a cluster of their own; in the sealed mode there is a third one, with the orchestrator. */
final class Pair implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long ASK_SECONDS = 10;
    private static final long DRAIN_SECONDS = 60;

    /** For 100,000 callers. */
    private static final long JOIN_SECONDS = 900;

    private static final int HEAP_MEGABYTES = 512;

    /** What a caller takes of a heap at most, in that of whoever has most of it. */
    private static final int KILOBYTES_EACH = 40;

    private final BusMode mode;
    private final Path folder;
    private final Path log;
    private final CrowdSize size;
    private final Deque<NodeProcess> started = new ArrayDeque<>();
    private final NodeProcess server;
    private final NodeProcess client;

    /**
     * Starts them, and waits until they are ready.
     *
     * @param folder with keys, policy and credentials
     * @param log where the nodes write
     * @param size how many instances the client has, and how many operations they invoke
     */
    Pair(BusMode mode, Path folder, Path log, Dialling dialling, CrowdSize size) throws IOException, NodeException {
        this.mode = mode;
        this.size = size;
        this.folder = folder;
        this.log = log;
        Joining joining = new Joining("latchkey-bench-" + UUID.randomUUID(), FreePort.on(LOOPBACK), dialling);
        try {
            if (mode.isSealed()) {
                start(joining, BenchNode.ORCHESTRATOR);
            }
            this.server = start(joining, BenchNode.SERVER);
            this.client = start(joining, BenchNode.CLIENT);
            client.tell("callers", new JsonObject().put("more", size.callers() - 1), JOIN_SECONDS);
        } catch (IOException | NodeException e) {
            close();
            throw e;
        }
    }

    /** What the nodes of one cluster have in common. */
    private record Joining(String cluster, int firstPort, Dialling dialling) {}

    private NodeProcess start(Joining joining, String role) throws IOException, NodeException {
        int port = started.isEmpty() ? joining.firstPort() : FreePort.on(LOOPBACK);
        ClusterSettings cluster =
                joining.dialling().dial(role, ClusterSettings.loopback(joining.cluster(), port, joining.firstPort()));
        JsonObject extra = new JsonObject()
                .put("mode", mode.label())
                .put(CrowdSize.OPERATIONS, size.operations())
                .put(NodeSettings.HEAP, HEAP_MEGABYTES + size.callers() * KILOBYTES_EACH / 1024);
        NodeSettings settings = new NodeSettings(role, folder, cluster, extra);
        NodeProcess node = NodeProcess.start(BenchNode.class, settings, log, (event, details) -> {});
        started.push(node);
        node.awaitReady();
        return node;
    }

    /** Runs traffic, and measures what it takes. Fails when a message is lost, doubled or refused. */
    Reading measure(Traffic traffic, Limit limit) throws IOException, NodeException {
        Machine.Load before = Machine.load();
        Usage client = usage(this.client);
        Usage server = usage(this.server);
        JsonObject run = run(traffic, limit);
        Usage received = usage(this.server).minus(server);
        Usage sent = usage(this.client).minus(client);
        return Reading.of(
                run, sent.plus(received), received.cpuNanos(), Machine.load().foreignSince(before));
    }

    /** Runs traffic. Fails when a message is lost, doubled or refused. */
    JsonObject run(Traffic traffic, Limit limit) throws NodeException {
        server.tell("begin", traffic.toJson(), ASK_SECONDS);
        long seconds = TimeUnit.NANOSECONDS.toSeconds(limit.nanos()) + DRAIN_SECONDS;
        JsonObject run = client.tell("run", traffic.toJson().mergeIn(limit.toJson()), seconds);
        for (NodeProcess receiver : receivers(traffic.kind())) {
            requireAll(
                    receiver, traffic, run.getLong("messages") * traffic.kind().consumers());
        }
        return run;
    }

    private List<NodeProcess> receivers(Kind kind) {
        return switch (kind) {
            case PUBLISH -> List.of(server, client);
            case LOCAL_SEND, LOCAL_REQUEST -> List.of(client);
            default -> List.of(server);
        };
    }

    private void requireAll(NodeProcess receiver, Traffic traffic, long expected) throws NodeException {
        Arrived arrived = Arrived.fromJson(receiver.tell("arrived", traffic.toJson(), ASK_SECONDS));
        String problem = arrived.problem(expected);
        if (problem != null) {
            throw new NodeException(mode.label() + ", " + traffic + ": " + problem);
        }
    }

    private static Usage usage(NodeProcess node) throws NodeException {
        return Usage.fromJson(node.tell("usage", new JsonObject(), ASK_SECONDS));
    }

    /** Ends the nodes, those first that joined last. */
    @Override
    public void close() {
        started.forEach(NodeProcess::close);
    }
}

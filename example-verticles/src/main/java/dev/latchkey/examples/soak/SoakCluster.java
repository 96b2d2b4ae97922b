// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JVMs of a run, which can be killed, paused and started again. Thread-safe. */
final class SoakCluster implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final long SKEW_MILLIS = 20_000;
    private static final long LEAVE_SECONDS = 30;

    private final String name = "latchkey-soak-" + UUID.randomUUID();
    private final Path folder;
    private final SoakBus bus;
    private final Path ledgers;
    private final long perSecond;
    private final int anchorPort;
    private final Place anchor;
    private final int quorum;
    private final Map<SoakRole, List<@Nullable NodeProcess>> nodes = new EnumMap<>(SoakRole.class);
    private int started;
    private Place next = Place.LOOPBACK;

    /**
     * A cluster, of an anchor as yet.
     *
     * @param folder with keys, policy and credentials
     * @param ledgers an empty folder
     * @param perSecond requests, and as many sends, of each caller
     */
    SoakCluster(Path folder, SoakBus bus, Path ledgers, long perSecond) throws IOException, NodeException {
        this(folder, bus, ledgers, perSecond, Place.LOOPBACK, 0);
    }

    /**
     * A cluster whose nodes may be in several places.
     *
     * @param anchor where its anchor is
     * @param quorum how many nodes must see each other for orchestrators to work, 0 for any number
     */
    SoakCluster(Path folder, SoakBus bus, Path ledgers, long perSecond, Place anchor, int quorum)
            throws IOException, NodeException {
        this.folder = folder;
        this.bus = bus;
        this.ledgers = ledgers;
        this.perSecond = perSecond;
        this.anchorPort = FreePort.on(LOOPBACK);
        this.anchor = anchor;
        this.quorum = quorum;
        start(SoakRole.ANCHOR, 1, anchor);
    }

    /** Starts nodes on loopback, and waits until all are ready. */
    void start(SoakRole role, int count) throws IOException, NodeException {
        start(role, count, role == SoakRole.ORCHESTRATOR ? Place.LIGHT_LOOPBACK : Place.LOOPBACK);
    }

    /** Starts nodes in a place, and waits until all of their role are ready. */
    void start(SoakRole role, int count, Place place) throws IOException, NodeException {
        begin(role, count, place);
        awaitReady(role);
    }

    /** Starts nodes in a place, which may have to wait for others. */
    void begin(SoakRole role, int count, Place place) throws IOException {
        for (int i = 0; i < count; i++) {
            NodeProcess node = launch(role, place);
            synchronized (this) {
                nodes.computeIfAbsent(role, first -> new ArrayList<>()).add(node);
            }
        }
    }

    void awaitReady(SoakRole role) throws NodeException {
        for (NodeProcess node : alive(role)) {
            node.awaitReady();
        }
    }

    private NodeProcess launch(SoakRole role, Place place) throws IOException {
        int number = nextNumber();
        int port = number == 0 ? anchorPort : FreePort.on(LOOPBACK);
        JsonObject extra = new JsonObject()
                .put("bus", bus.label())
                .put("ledgers", ledgers.toString())
                .put("number", number)
                .put("perSecond", perSecond)
                .put("skewMillis", skew(role, number));
        ClusterSettings cluster =
                new ClusterSettings(name, place.host(), port, List.of(anchor.host() + ":" + anchorPort), 0, 0, quorum);
        NodeSettings settings = new NodeSettings(role.label(), folder, cluster, extra);
        return NodeProcess.start(
                SoakNode.class, settings, folder.resolve("nodes.log"), (event, details) -> {}, place.launcher());
    }

    private synchronized Place next() {
        return next;
    }

    private synchronized int nextNumber() {
        return started++;
    }

    /** Services' clocks are wrong, some ahead and some behind: they go by the orchestrators' time. */
    private static long skew(SoakRole role, int number) {
        return role == SoakRole.ORCHESTRATOR ? 0 : SKEW_MILLIS * (number % 3 - 1);
    }

    /** The nodes of a role that are alive. */
    synchronized List<NodeProcess> alive(SoakRole role) {
        List<NodeProcess> alive = new ArrayList<>();
        for (NodeProcess node : nodes.getOrDefault(role, List.of())) {
            if (node != null) {
                alive.add(node);
            }
        }
        return alive;
    }

    /** Kills a node without notice; the index counts round. */
    void kill(SoakRole role, int index) {
        NodeProcess node = replace(role, index, null);
        if (node != null) {
            node.kill();
        }
    }

    void killAll(SoakRole role) {
        for (int i = 0; i < count(role); i++) {
            kill(role, i);
        }
    }

    /** Has nodes that are started from now on run in another place, such as one with another version. */
    synchronized void setNext(Place place) {
        next = place;
    }

    /** Stops a node in order, and starts another in its place, as an upgrade does. */
    void renew(SoakRole role, int index) throws IOException, NodeException {
        NodeProcess node = node(role, index);
        if (node != null) {
            node.tell("leave", new JsonObject(), LEAVE_SECONDS);
            kill(role, index);
            restart(role, index);
        }
    }

    /** Starts a node in place of one that was killed. */
    void restart(SoakRole role, int index) throws IOException, NodeException {
        if (count(role) > 0) {
            NodeProcess node = launch(role, role == SoakRole.ORCHESTRATOR ? next().standingBack() : next());
            node.awaitReady();
            replace(role, index, node);
        }
    }

    void restartAll(SoakRole role) throws IOException, NodeException {
        for (int i = 0; i < count(role); i++) {
            restart(role, i);
        }
    }

    void pause(SoakRole role, int index) throws IOException {
        signal(role, index, "STOP");
    }

    void resume(SoakRole role, int index) throws IOException {
        signal(role, index, "CONT");
    }

    private void signal(SoakRole role, int index, String signal) throws IOException {
        NodeProcess node = node(role, index);
        if (node != null) {
            node.signal(signal);
        }
    }

    private synchronized int count(SoakRole role) {
        return nodes.getOrDefault(role, List.of()).size();
    }

    private synchronized @Nullable NodeProcess node(SoakRole role, int index) {
        List<@Nullable NodeProcess> all = nodes.getOrDefault(role, List.of());
        return all.isEmpty() ? null : all.get(index % all.size());
    }

    private synchronized @Nullable NodeProcess replace(SoakRole role, int index, @Nullable NodeProcess by) {
        List<@Nullable NodeProcess> all = nodes.getOrDefault(role, List.of());
        return all.isEmpty() ? null : all.set(index % all.size(), by);
    }

    /** Tells all nodes of a role. */
    List<JsonObject> tell(SoakRole role, String command, JsonObject arguments, long seconds) throws NodeException {
        List<JsonObject> told = new ArrayList<>();
        for (NodeProcess node : alive(role)) {
            told.add(node.tell(command, arguments, seconds));
        }
        return told;
    }

    @Override
    public void close() {
        for (SoakRole role : SoakRole.values()) {
            alive(role).forEach(NodeProcess::kill);
        }
    }
}

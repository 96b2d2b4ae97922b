// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.examples.node.NodeCluster;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.wire.WireLog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of the suite: starts the nodes, lets honest traffic flow, and makes the attacks one after the other. */
final class AttackRun {
    private static final int MARKER_BYTES = 8;
    private static final long STOP_SECONDS = 45;

    private final Path folder;
    private final @Nullable String only;
    private final Consumer<AttackRow> watcher;
    private final String marker = "secret-" + randomText();
    private final String control = "plain-" + randomText();

    /**
     * A run.
     *
     * @param only a family, or part of an attack's name; null for all
     * @param watcher told of each row at once
     */
    AttackRun(NodeFolder folder, @Nullable String only, Consumer<AttackRow> watcher) {
        this.folder = folder.path();
        this.only = only;
        this.watcher = watcher;
    }

    private static String randomText() {
        return HexFormat.of().formatHex(SecretBytes.random(MARKER_BYTES).copy());
    }

    AttackReport run() throws IOException, NodeException {
        WireLog wire = new WireLog(Secrets.needles(marker, control));
        try (NodeCluster cluster = new NodeCluster(AttackNode.class, folder, folder.resolve("nodes.log"), wire)) {
            startNodes(cluster);
            Field field = new Field(cluster, Forge.open(folder), marker, control);
            field.learnKeys();
            cluster.node(AttackNode.TELLER).tell("start", new JsonObject(), STOP_SECONDS);
            List<AttackRow> rows = rows(field);
            HonestTraffic honest = HonestTraffic.fromJson(
                    cluster.node(AttackNode.TELLER).tell("stop", new JsonObject(), STOP_SECONDS));
            return new AttackReport(
                    only == null,
                    rows,
                    honest,
                    field.heaps(),
                    Secrets.leaks(wire),
                    Secrets.controlSeen(wire),
                    wire.totalBytes());
        }
    }

    private void startNodes(NodeCluster cluster) throws IOException, NodeException {
        start(cluster, AttackNode.ORCHESTRATOR).awaitReady();
        List<NodeProcess> nodes = new ArrayList<>();
        for (String name : List.of(AttackNode.VAULT, AttackNode.OTHER_VAULT, AttackNode.TELLER, AttackNode.ATTACKER)) {
            nodes.add(start(cluster, name));
        }
        for (NodeProcess node : nodes) {
            node.awaitReady();
        }
    }

    private NodeProcess start(NodeCluster cluster, String name) throws IOException, NodeException {
        return cluster.start(name, new JsonObject().put("marker", marker), (event, details) -> {});
    }

    private List<AttackRow> rows(Field field) throws NodeException {
        Judge judge = new Judge(field);
        judge.judge("control", PlaintextControl.sentBy(field));
        List<AttackRow> rows = new ArrayList<>();
        for (Selected selected : Selected.from(field, only)) {
            AttackRow row = judge.judge(selected.family().name(), selected.attack());
            watcher.accept(row);
            rows.add(row);
        }
        return rows;
    }
}

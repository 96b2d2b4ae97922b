// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.examples.Addresses;
import dev.latchkey.examples.node.NodeCluster;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.Patience;
import dev.latchkey.examples.wire.Needle;
import dev.latchkey.examples.wire.WireLog;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The whole demo: starts the nodes, lets them work until a key has rotated, attacks them, and reports. */
final class Demo {
    private static final long LEAST_MESSAGES = 1_200;
    private static final long MOST_SECONDS = 90;
    private static final long FINISH_SECONDS = 30;
    private static final long SECONDS = 10;
    private static final int MARKER_BYTES = 12;
    private static final int SHOWN_BYTES = 256;
    private static final int HONEST_NODES = 4;
    private static final String CONTROL = "control";

    private final NodeFolder folder;
    private final String input;
    private final PrintWriter out;
    private final Progress progress;
    private final String marker = "secret-" + randomText();
    private final String control = "plain-" + randomText();

    /**
     * A demo.
     *
     * @param input a folder of images, or empty for generated ones
     */
    Demo(NodeFolder folder, String input, PrintWriter out) {
        this.folder = folder;
        this.input = input;
        this.out = out;
        this.progress = new Progress(out);
    }

    private static String randomText() {
        return HexFormat.of().formatHex(SecretBytes.random(MARKER_BYTES).copy());
    }

    DemoReport run() throws IOException, NodeException {
        Path log = folder.path().resolve("nodes.log");
        try (NodeCluster cluster = new NodeCluster(DemoNode.class, folder.path(), log, new WireLog(needles()))) {
            startNodes(cluster);
            long rotations = traffic(cluster);
            showWire(cluster.wire());
            progress.say("the attacks");
            List<AttackResult> attacks = new Attacks(cluster, marker, control).run();
            return report(cluster, rotations, attacks);
        }
    }

    /** What the taps look for: the marker in any image or fact, words of the messages' JSON, and the control. */
    private List<Needle> needles() {
        List<Needle> needles = new ArrayList<>(Needle.withBase64("marker", marker.getBytes(StandardCharsets.US_ASCII)));
        needles.add(Needle.ofText("\"perceptualHash\""));
        needles.add(Needle.ofText("\"thumbnail\""));
        needles.add(new Needle("PNG signature", new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'}));
        needles.add(new Needle("JFIF header", new byte[] {'J', 'F', 'I', 'F', 0}));
        needles.add(new Needle(CONTROL, control.getBytes(StandardCharsets.US_ASCII)));
        return needles;
    }

    private void startNodes(NodeCluster cluster) throws IOException, NodeException {
        progress.say("starting the orchestrator");
        cluster.start(NodeRole.ORCHESTRATOR.label(), new JsonObject(), progress::event)
                .awaitReady();
        progress.say("starting the nodes of the risk service, the image service and the gateway");
        NodeProcess risk = cluster.start(NodeRole.RISK.label(), new JsonObject(), progress::event);
        NodeProcess image = cluster.start(NodeRole.IMAGE.label(), new JsonObject(), progress::event);
        risk.awaitReady();
        image.awaitReady();
        JsonObject extra = new JsonObject().put("input", input).put("marker", marker);
        cluster.start(NodeRole.GATEWAY.label(), extra, progress::event).awaitReady();
    }

    /** Lets the gateway work until enough was sent and a key has rotated; meanwhile the intruder joins. */
    private long traffic(NodeCluster cluster) throws IOException, NodeException {
        NodeProcess gateway = cluster.node(NodeRole.GATEWAY.label());
        long before = rotations(cluster);
        CompletableFuture<JsonObject> run = gateway.ask("run", new JsonObject());
        NodeProcess intruder = cluster.start(NodeRole.INTRUDER.label(), new JsonObject(), progress::event);
        Patience patience = new Patience(MOST_SECONDS);
        while (!run.isDone() && !isEnough(cluster, before) && patience.waits()) {
            // Looked at again below.
        }
        long rotations = rotations(cluster) - before;
        gateway.tell("stop", new JsonObject(), SECONDS);
        gateway.get(run, FINISH_SECONDS, "did not finish");
        intruder.awaitReady();
        progress.say("the intruder is in the cluster; " + rotations + " keys have rotated so far");
        return rotations;
    }

    private boolean isEnough(NodeCluster cluster, long rotationsBefore) throws NodeException {
        return sum(cluster, "sent") >= LEAST_MESSAGES && rotations(cluster) > rotationsBefore;
    }

    private static long rotations(NodeCluster cluster) throws NodeException {
        return tally(cluster).getLong("rotations");
    }

    private static JsonObject tally(NodeCluster cluster) throws NodeException {
        return cluster.node(NodeRole.ORCHESTRATOR.label()).tell("tally", new JsonObject(), SECONDS);
    }

    /** Over the two nodes that send requests. */
    private static long sum(NodeCluster cluster, String count) throws NodeException {
        long sum = 0;
        for (NodeRole role : List.of(NodeRole.GATEWAY, NodeRole.IMAGE)) {
            sum += cluster.node(role.label())
                    .tell("status", new JsonObject(), SECONDS)
                    .getLong(count);
        }
        return sum;
    }

    private void showWire(WireLog wire) {
        byte[] address = Addresses.RISK.getBytes(StandardCharsets.US_ASCII);
        wire.lastFrameContaining(address).ifPresent(frame -> {
            progress.say("what a wiretap sees of one message to " + Addresses.RISK + ":");
            out.println(WireLog.hexDump(frame, SHOWN_BYTES));
        });
    }

    private DemoReport report(NodeCluster cluster, long rotations, List<AttackResult> attacks) throws NodeException {
        Map<String, Long> sightings = cluster.wire().sightings();
        List<String> leaks = sightings.keySet().stream()
                .filter(name -> !name.startsWith(CONTROL))
                .sorted()
                .toList();
        return new DemoReport(
                HONEST_NODES,
                tally(cluster).getLong("registered"),
                progress.joinMillis(),
                sum(cluster, "sent"),
                sum(cluster, "answered"),
                cluster.wire().totalBytes(),
                rotations,
                attacks,
                leaks,
                sightings.containsKey(CONTROL));
    }
}

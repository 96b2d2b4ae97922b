// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.examples.Addresses;
import dev.latchkey.examples.demo.wire.Needle;
import dev.latchkey.examples.demo.wire.WireLog;
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

    private final DemoFolder folder;
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
    Demo(DemoFolder folder, String input, PrintWriter out) {
        this.folder = folder;
        this.input = input;
        this.out = out;
        this.progress = new Progress(out);
    }

    private static String randomText() {
        return HexFormat.of().formatHex(SecretBytes.random(MARKER_BYTES).copy());
    }

    DemoReport run() throws IOException, DemoException {
        Path log = folder.path().resolve("nodes.log");
        try (DemoCluster cluster = new DemoCluster(folder.path(), log, new WireLog(needles()))) {
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

    private void startNodes(DemoCluster cluster) throws IOException, DemoException {
        progress.say("starting the orchestrator");
        cluster.start(NodeRole.ORCHESTRATOR, new JsonObject(), progress::event).awaitReady();
        progress.say("starting the nodes of the risk service, the image service and the gateway");
        NodeProcess risk = cluster.start(NodeRole.RISK, new JsonObject(), progress::event);
        NodeProcess image = cluster.start(NodeRole.IMAGE, new JsonObject(), progress::event);
        risk.awaitReady();
        image.awaitReady();
        JsonObject extra = new JsonObject().put("input", input).put("marker", marker);
        cluster.start(NodeRole.GATEWAY, extra, progress::event).awaitReady();
    }

    /** Lets the gateway work until enough was sent and a key has rotated; meanwhile the intruder joins. */
    private long traffic(DemoCluster cluster) throws IOException, DemoException {
        NodeProcess gateway = cluster.node(NodeRole.GATEWAY);
        long before = rotations(cluster);
        CompletableFuture<JsonObject> run = gateway.ask("run", new JsonObject());
        NodeProcess intruder = cluster.start(NodeRole.INTRUDER, new JsonObject(), progress::event);
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

    private boolean isEnough(DemoCluster cluster, long rotationsBefore) throws DemoException {
        return sum(cluster, "sent") >= LEAST_MESSAGES && rotations(cluster) > rotationsBefore;
    }

    private static long rotations(DemoCluster cluster) throws DemoException {
        return tally(cluster).getLong("rotations");
    }

    private static JsonObject tally(DemoCluster cluster) throws DemoException {
        return cluster.node(NodeRole.ORCHESTRATOR).tell("tally", new JsonObject(), SECONDS);
    }

    /** Over the two nodes that send requests. */
    private static long sum(DemoCluster cluster, String count) throws DemoException {
        long sum = 0;
        for (NodeRole role : List.of(NodeRole.GATEWAY, NodeRole.IMAGE)) {
            sum += cluster.node(role).tell("status", new JsonObject(), SECONDS).getLong(count);
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

    private DemoReport report(DemoCluster cluster, long rotations, List<AttackResult> attacks) throws DemoException {
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

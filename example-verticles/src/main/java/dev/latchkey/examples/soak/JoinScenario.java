// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeProcess;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What joining costs: the time of one instance after the other, and memory and CPU of one orchestrator that has very many. */
final class JoinScenario implements Scenario {
    /** Until the compilers of four JVMs on two processors leave them alone. */
    private static final int WARM_UP = 1_500;

    private static final int JOINS = 1_000;
    private static final int CROWD = 10_000;
    private static final int TOKENS_EACH = 3;
    private static final long SECONDS = 120;
    private static final double TARGET_P50_MILLIS = 5;
    private static final double TARGET_P99_MILLIS = 25;
    private static final long TARGET_BYTES = 4_096;

    @Override
    public SoakReport run(SoakSize size, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        try (NodeFolder folder = NodeFolder.create(JoinScenario.class, "lasting-policy.yaml");
                SoakCluster cluster = new SoakCluster(
                        folder.path(),
                        SoakBus.SECURED,
                        Files.createDirectory(folder.path().resolve("ledgers")),
                        0)) {
            // One that runs for long, and so compiles as hard as it can.
            cluster.start(SoakRole.ORCHESTRATOR, 1, Place.LOOPBACK);
            cluster.start(SoakRole.PROVIDER, 1);
            cluster.start(SoakRole.CROWD, 2);
            return measure(cluster.alive(SoakRole.ORCHESTRATOR).get(0), cluster.alive(SoakRole.CROWD), say);
        }
    }

    private static SoakReport measure(NodeProcess orchestrator, List<NodeProcess> crowds, Consumer<String> say)
            throws NodeException {
        say.accept("warming up");
        crowds.get(0).tell("joins", count(WARM_UP), SECONDS);
        crowds.get(1).tell("joins", count(WARM_UP), SECONDS);
        say.accept(JOINS + " instances join one after the other on a warm node");
        JsonObject first = crowds.get(1).tell("joins", count(JOINS), SECONDS);
        JsonObject before = orchestrator.tell("footprint", new JsonObject(), SECONDS);
        say.accept(CROWD + " instances join and stay");
        crowds.get(0).tell("crowd", count(CROWD), SECONDS);
        JsonObject after = orchestrator.tell("footprint", new JsonObject(), SECONDS);
        return report(first, before, after, orchestrator.tell("floor", new JsonObject(), SECONDS));
    }

    private static JsonObject count(int count) {
        return new JsonObject().put("count", count);
    }

    private static SoakReport report(JsonObject joins, JsonObject before, JsonObject after, JsonObject floor) {
        long bytesEach = (after.getLong("heapBytes") - before.getLong("heapBytes")) / CROWD;
        long cpuEach = (after.getLong("cpuNanos") - before.getLong("cpuNanos")) / CROWD;
        long floorEach = floor.getLong("hpkeOpenNanos") + TOKENS_EACH * floor.getLong("signNanos");
        JsonObject figures = new JsonObject()
                .put("plan", "joins")
                .put("joins", joins)
                .put("liveInstances", CROWD)
                .put("heapBytesEach", bytesEach)
                .put("cpuNanosEachRegistration", cpuEach)
                .put("cryptoFloorNanosEach", floorEach)
                .put("tokensEachRegistration", TOKENS_EACH)
                .put("floor", floor);
        JsonObject answered = joins.getJsonObject("firstAnswer");
        return new SoakReport(figures, table(joins, bytesEach, cpuEach, floorEach), failings(answered, bytesEach));
    }

    private static List<String> failings(JsonObject answered, long bytesEach) {
        List<String> failings = new ArrayList<>();
        if (answered.getDouble("p50Millis") >= TARGET_P50_MILLIS
                || answered.getDouble("p99Millis") >= TARGET_P99_MILLIS) {
            failings.add("from joining to the first answer took longer than " + TARGET_P50_MILLIS + " ms (p50) or "
                    + TARGET_P99_MILLIS + " ms (p99)");
        }
        if (bytesEach >= TARGET_BYTES) {
            failings.add(
                    "an instance takes " + bytesEach + " bytes in the orchestrator's heap, not under " + TARGET_BYTES);
        }
        return failings;
    }

    private static List<String> table(JsonObject joins, long bytesEach, long cpuEach, long floorEach) {
        return List.of(
                "  join                      " + joins.getJsonObject("join").encode(),
                "  join to first answer      "
                        + joins.getJsonObject("firstAnswer").encode(),
                String.format(
                        Locale.ROOT,
                        "  heap of an orchestrator   %,d bytes for each of %,d live instances",
                        bytesEach,
                        CROWD),
                String.format(
                        Locale.ROOT,
                        "  registrations on a core   %,d a second, with %d tokens each; the crypto alone would allow %,d",
                        aSecond(cpuEach),
                        TOKENS_EACH,
                        aSecond(floorEach)));
    }

    private static long aSecond(long nanos) {
        return nanos == 0 ? 0 : 1_000_000_000L / nanos;
    }
}

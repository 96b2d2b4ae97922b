// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A cluster in two networks, six nodes in the one and three in the other, whose cable is cut and joined again under load. The smaller
 * part must neither register nor renew anybody meanwhile; afterwards there is one history of keys, and everybody is back.
 */
final class SplitScenario implements Scenario {
    /** More than half of all nodes, and as many as there are when the orchestrators start: they wait for it. */
    private static final int QUORUM = 5;

    private static final long SECONDS = 15;
    private static final long BEFORE = 15;

    /** Until members have given each other up, and the last tokens of the smaller part have ended. */
    private static final long NOTICING = 15;

    private static final long CUT = 25;
    private static final long HEALING = 60;

    private final List<String> failings = new ArrayList<>();
    private final List<String> table = new ArrayList<>();
    private final JsonObject figures = new JsonObject().put("plan", "split");
    private final KeyHistory history = new KeyHistory();

    @Override
    public SoakReport run(SoakSize size, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        try (NodeFolder folder = NodeFolder.create(SplitScenario.class, "rotating-policy.yaml");
                SplitNetwork network = SplitNetwork.create()) {
            Path ledgers = Files.createDirectory(folder.path().resolve("ledgers"));
            try (SoakCluster cluster =
                    new SoakCluster(folder.path(), SoakBus.SECURED, ledgers, size.perSecond(), network.one(), QUORUM)) {
                start(cluster, network);
                split(cluster, network, say);
                finish(cluster, ledgers);
            }
            return new SoakReport(figures, table, failings);
        }
    }

    /** The first caller is in the larger part, the second in the smaller. */
    private static void start(SoakCluster cluster, SplitNetwork network) throws IOException, NodeException {
        cluster.start(SoakRole.ANCHOR, 1, network.one());
        cluster.begin(SoakRole.ORCHESTRATOR, 2, network.one());
        cluster.begin(SoakRole.ORCHESTRATOR, 1, network.other());
        cluster.awaitReady(SoakRole.ORCHESTRATOR);
        for (Place place : List.of(network.one(), network.other())) {
            cluster.start(SoakRole.PROVIDER, 1, place);
            cluster.start(SoakRole.CALLER, 1, place);
        }
    }

    private void split(SoakCluster cluster, SplitNetwork network, Consumer<String> say)
            throws IOException, NodeException {
        cluster.tell(SoakRole.CALLER, "start", new JsonObject(), SECONDS);
        pass(cluster, BEFORE);
        network.cut();
        say.accept("the cable is cut");
        pass(cluster, NOTICING);
        Joins before = Joins.of(cluster);
        pass(cluster, CUT);
        Joins after = Joins.of(cluster);
        network.heal();
        say.accept("it is joined again");
        judgeCut(before, after);
        awaitReturn(cluster, after.joinedSmall(), say);
    }

    private void pass(SoakCluster cluster, long seconds) throws NodeException {
        Patience patience = new Patience(seconds);
        do {
            history.look(cluster.alive(SoakRole.ORCHESTRATOR));
        } while (patience.waits());
    }

    private void judgeCut(Joins before, Joins after) {
        long large = after.joinedLarge() - before.joinedLarge();
        long small = after.joinedSmall() - before.joinedSmall();
        long refused = after.failedSmall() - before.failedSmall();
        figures.put("joinsInLargerPart", large)
                .put("joinsInSmallerPart", small)
                .put("joinsRefusedInSmallerPart", refused);
        table.add("  while it was cut: " + large + " instances joined in the larger part; in the smaller " + small
                + " joined and " + refused + " were refused");
        check(large > 0, "nobody could join in the larger part while the network was cut");
        check(small == 0, small + " instances joined in the smaller part while the network was cut");
        check(refused > 0, "nobody was refused in the smaller part, so nothing was shown");
    }

    private void awaitReturn(SoakCluster cluster, long joinedBefore, Consumer<String> say) throws NodeException {
        Patience patience = new Patience(HEALING);
        long begun = System.nanoTime();
        long joined = joinedBefore;
        while (joined <= joinedBefore && patience.waits()) {
            history.look(cluster.alive(SoakRole.ORCHESTRATOR));
            joined = Joins.of(cluster).joinedSmall();
        }
        double seconds = Math.round((System.nanoTime() - begun) / 1e8) / 10.0;
        figures.put("secondsUntilJoinsInSmallerPart", seconds);
        say.accept("looked for " + seconds + " s for instances that join in the smaller part again");
        check(
                joined > joinedBefore,
                "nobody could join in the smaller part " + HEALING + " s after the network was joined");
        pass(cluster, BEFORE);
    }

    private void finish(SoakCluster cluster, Path ledgers) throws IOException, NodeException {
        cluster.tell(SoakRole.CALLER, "stop", new JsonObject(), SECONDS);
        pass(cluster, SECONDS);
        List<String> forked = history.forked();
        figures.put("epochsSeen", history.epochs()).put("epochsWithTwoKeys", new JsonArray(forked));
        table.add("  epochs of keys seen: " + history.epochs() + ", with two keys: " + forked.size());
        check(forked.isEmpty(), "two keys were made for one epoch: " + forked);
        streams(ledgers);
        endings(cluster);
    }

    private void streams(Path ledgers) throws IOException {
        JsonObject streams = new JsonObject();
        new Checker(new SoakLedgers(ledgers)).check().forEach((kind, account) -> {
            streams.put(kind.label(), account.toJson());
            table.add("  " + kind.label() + ": " + account.toJson().encode());
            check(account.doubled() == 0, account.doubled() + " messages arrived twice");
        });
        figures.put("streams", streams);
    }

    private void endings(SoakCluster cluster) throws NodeException {
        JsonArray endings = new JsonArray();
        cluster.tell(SoakRole.CALLER, "status", new JsonObject(), SECONDS)
                .forEach(status -> endings.add(status.getJsonObject("endings")));
        table.add("  ended badly, in the larger part and in the smaller: " + endings.encode());
        figures.put("endings", endings);
    }

    private void check(boolean holds, String otherwise) {
        if (!holds) {
            failings.add(otherwise);
        }
    }

    /** Instances that joined, and that were refused, so far, in the two parts. */
    private record Joins(long joinedLarge, long joinedSmall, long failedSmall) {
        static Joins of(SoakCluster cluster) throws NodeException {
            List<NodeProcess> callers = cluster.alive(SoakRole.CALLER);
            JsonObject large = callers.get(0).tell("status", new JsonObject(), SECONDS);
            JsonObject small = callers.get(1).tell("status", new JsonObject(), SECONDS);
            return new Joins(large.getLong("joined"), small.getLong("joined"), small.getLong("failedJoins"));
        }
    }
}

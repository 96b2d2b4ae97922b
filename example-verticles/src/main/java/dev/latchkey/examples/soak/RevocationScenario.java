// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeProcess;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How long a revoked instance is still heard: from the command to the last message of it that any node accepted. First with notices,
 * then with an adversary who keeps all notices from the receivers.
 */
final class RevocationScenario implements Scenario {
    private static final int REVOCATIONS = 200;
    private static final int WITNESSES = 3;
    private static final int WITHOUT_NOTICE = 10;
    private static final long SECONDS = 15;
    private static final long TARGET_MILLIS = 50;

    /** Half of the lease of the policy, at which nodes renew at the latest. */
    private static final long RENEWAL_MILLIS = 2_000;

    private int next;

    @Override
    public SoakReport run(SoakSize size, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        try (NodeFolder folder = NodeFolder.create(RevocationScenario.class, "rotating-policy.yaml");
                SoakCluster cluster = new SoakCluster(
                        folder.path(),
                        SoakBus.SECURED,
                        Files.createDirectory(folder.path().resolve("ledgers")),
                        0)) {
            cluster.start(SoakRole.ORCHESTRATOR, size.orchestrators());
            cluster.start(SoakRole.WITNESS, WITNESSES);
            cluster.start(SoakRole.VICTIM, 1);
            say.accept(REVOCATIONS + " revocations, heard by " + WITNESSES + " nodes");
            Durations told = revoke(cluster, REVOCATIONS);
            cluster.tell(SoakRole.WITNESS, "deafen", new JsonObject(), SECONDS);
            say.accept(WITHOUT_NOTICE + " more, of which no node hears");
            return report(told, revoke(cluster, WITHOUT_NOTICE));
        }
    }

    private Durations revoke(SoakCluster cluster, int times) throws NodeException {
        Durations taken = new Durations();
        for (int i = 0; i < times; i++) {
            taken.add(revoke(cluster));
        }
        return taken;
    }

    private long revoke(SoakCluster cluster) throws NodeException {
        int victim = next++;
        JsonObject name = new JsonObject().put("victim", victim);
        NodeProcess node = cluster.alive(SoakRole.VICTIM).get(0);
        JsonObject instance = node.tell("begin", name, SECONDS);
        awaitHeard(cluster, name);
        List<NodeProcess> orchestrators = cluster.alive(SoakRole.ORCHESTRATOR);
        long commanded = orchestrators
                .get(victim % orchestrators.size())
                .tell("revoke", instance, SECONDS)
                .getLong("commandedNanos");
        long last = lastOfAll(cluster, name);
        node.tell("end", new JsonObject(), SECONDS);
        return Math.max(0, last - commanded);
    }

    private static void awaitHeard(SoakCluster cluster, JsonObject name) throws NodeException {
        Patience patience = new Patience(SECONDS);
        while (heard(cluster, name).size() < WITNESSES) {
            if (!patience.waits()) {
                throw new NodeException("a victim was not heard by all nodes before it was revoked");
            }
        }
    }

    private static List<Long> heard(SoakCluster cluster, JsonObject name) throws NodeException {
        List<Long> heard = new ArrayList<>();
        for (JsonObject told : cluster.tell(SoakRole.WITNESS, "accepted", name, SECONDS)) {
            if (told.getLong("lastNanos") != null) {
                heard.add(told.getLong("lastNanos"));
            }
        }
        return heard;
    }

    /** The victim publishes hundreds of times a second, so when nothing came for a while, nothing will. */
    private static long lastOfAll(SoakCluster cluster, JsonObject name) throws NodeException {
        long before = 0;
        long last = last(cluster, name);
        Patience patience = new Patience(SECONDS);
        for (int still = 0; still < 3 && patience.waits(); still = last == before ? still + 1 : 0) {
            before = last;
            last = last(cluster, name);
        }
        return last;
    }

    private static long last(SoakCluster cluster, JsonObject name) throws NodeException {
        return heard(cluster, name).stream().mapToLong(Long::longValue).max().orElse(0);
    }

    private static SoakReport report(Durations told, Durations untold) {
        List<String> failings = new ArrayList<>();
        if (told.millis(0.99) >= TARGET_MILLIS) {
            failings.add(
                    "from command to last message: p99 is " + told.millis(0.99) + " ms, not under " + TARGET_MILLIS);
        }
        if (untold.millis(1) > RENEWAL_MILLIS) {
            failings.add("without notices a revoked instance was heard for " + untold.millis(1)
                    + " ms, longer than the " + RENEWAL_MILLIS + " ms between renewals");
        }
        JsonObject figures = new JsonObject()
                .put("plan", "revocations")
                .put("noticed", told.toJson())
                .put("noticesDropped", untold.toJson())
                .put("renewalMillis", RENEWAL_MILLIS);
        return new SoakReport(
                figures, List.of(line("notices arrive", told), line("notices are dropped", untold)), failings);
    }

    private static String line(String name, Durations taken) {
        return String.format(
                Locale.ROOT,
                "  %-22s %5d revocations, to the last accepted message: p50 %.1f ms, p99 %.1f ms, longest %.1f ms",
                name,
                taken.count(),
                taken.millis(0.5),
                taken.millis(0.99),
                taken.millis(1));
    }
}

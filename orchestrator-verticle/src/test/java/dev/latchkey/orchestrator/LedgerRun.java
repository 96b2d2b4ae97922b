// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.ledger.SealWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The main class of a JVM of its own: four nodes exchange messages while instances and orchestrators restart, keys rotate, leases
 * renew, and a fifth node replays requests, until so many seals were seen. Then it prints the ledger as one line of JSON.
 */
public final class LedgerRun {
    private static final int NODES = 4;
    private static final int REPLAYS = 2 * NODES;
    private static final long MOST_BETWEEN = 100_000;
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 2s, rotationInterval: 1s, leaseDuration: 2s}
            operations:
              ask: {addresses: [asking]}
              tell: {addresses: [telling]}
            services:
              caller: {invokes: [ask, tell]}
              provider: {provides: [ask, tell]}
            """;

    private final SealWatch watch;
    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final LedgerTraffic traffic = new LedgerTraffic();
    private final Topology topology = Topology.clustered(NODES + 1);
    private final Replayer replayer = new Replayer(topology.node(NODES));
    private final List<LedgerParty> parties = new ArrayList<>();
    private final OrchestratorVerticle lasting = realm.deployOrchestrator(topology.node(0));
    private @Nullable String restarting;
    private int restarts;
    private int replays;

    private LedgerRun(SealWatch watch) {
        this.watch = watch;
    }

    /** Takes the number of seals, and true when a key and nonce shall be used twice, which the ledger has to find. */
    public static void main(String[] args) {
        SealWatch watch = SealWatch.install();
        if (Boolean.parseBoolean(args[1])) {
            repeatNonce();
        }
        try {
            System.out.println(new LedgerRun(watch).run(Long.parseLong(args[0])).encode());
            System.out.flush();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(LedgerRun.class).error("the run broke off", e);
        }
        Runtime.getRuntime().halt(0);
    }

    /** What {@link SealingKey} says never to do: a number that was claimed once is sealed twice. */
    private static void repeatNonce() {
        SealingKey key = new SealingKey(SecretBytes.random(32));
        long[] sequences = {key.claim(), key.claim()};
        for (int i = 0; i < 3; i++) {
            key.seal(sequences[i % 2], new byte[0], 0, new byte[5], 0, 5, new byte[21], 0);
        }
    }

    private JsonObject run(long seals) {
        long began = System.nanoTime();
        for (int i = 0; i < NODES; i++) {
            parties.add(new LedgerParty(topology.node(i), "provider", realm, traffic::provide));
        }
        for (int i = 0; i < NODES; i++) {
            LedgerParty caller = new LedgerParty(topology.node(i), "caller", realm, bus -> Future.succeededFuture());
            parties.add(caller);
            traffic.pump(caller);
        }
        while (watch.ledger().seals() < seals) {
            disturb();
            flow(Math.min(seals / 30, MOST_BETWEEN));
        }
        traffic.end();
        return report((System.nanoTime() - began) / 1_000_000);
    }

    /** Lets messages flow, as most of them would otherwise be lost to a restart. */
    private void flow(long seals) {
        long until = watch.ledger().seals() + seals;
        await().atMost(Duration.ofMinutes(2)).until(() -> watch.ledger().seals() >= until);
    }

    private void disturb() {
        replayer.swallow(LedgerTraffic.ASKING);
        replays += replayer.replay(REPLAYS);
        parties.get(restarts % parties.size()).restart();
        if (restarts % parties.size() == 0) {
            restartOrchestrator();
        }
        restarts++;
    }

    private void restartOrchestrator() {
        Vertx node = topology.node(1);
        if (restarting != null) {
            Realm.await(node.undeploy(restarting));
        }
        restarting = Realm.await(node.deployVerticle(realm.orchestrator()));
    }

    private JsonObject report(long millis) {
        return new JsonObject()
                .put("seals", watch.ledger().seals())
                .put("keys", watch.ledger().keys())
                .put("repeats", watch.ledger().repeats())
                .put("hpke", watch.hpkeSeals())
                .put("answered", traffic.answered())
                .put("failed", traffic.failed())
                .put("told", traffic.told())
                .put("replays", replays)
                .put("takenAgain", traffic.takenAgain())
                .put("replaysRefused", replaysRefused())
                .put("restarts", restarts)
                .put("renewals", lasting.tally().renewed())
                .put("rotations", lasting.tally().rotations())
                .put("millis", millis);
    }

    private long replaysRefused() {
        return parties.stream()
                .limit(NODES)
                .mapToLong(party -> party.bus().refusals().getOrDefault(DenialReason.REPLAYED, 0L))
                .sum();
    }
}

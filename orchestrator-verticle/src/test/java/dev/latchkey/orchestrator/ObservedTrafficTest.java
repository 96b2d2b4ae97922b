// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cli.LatchkeyCommand;
import dev.latchkey.orchestrator.observe.Passage;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.observe.TrafficFile;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of a running system to a policy: observe, suggest, enforce. */
class ObservedTrafficTest {
    private static final String OBSERVING = """
            version: 1
            trustDomain: test.latchkey
            defaults: {unlisted: observe}
            services: {shop: {}, stock: {}}
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void traffic_observedThenSuggested_isExactlyWhatPassesStrictly() throws IOException {
        Path observations = folder.resolve("observations.json");
        observe(observations);
        assertThat(counted(observations).messages())
                .containsOnlyKeys(
                        new Passage("order.placed", Flow.SENT, "shop", "shop"),
                        new Passage("order.placed", Flow.RECEIVED, "stock", "stock"))
                .allSatisfy((passage, messages) -> assertThat(messages).isEqualTo(3));
        enforce(suggested(observations).replace("mode: observe", "mode: strict"));
    }

    @Test
    void traffic_isToldWhileServicesStay() {
        Realm realm = Realm.withPolicy(OBSERVING.replace("observe}", "observe, leaseDuration: 2s}"), Clock.systemUTC());
        try (Topology topology = Topology.local()) {
            OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
            exchange(realm.join(topology.node(0), "shop"), realm.join(topology.node(0), "stock"), "order.placed");
            topology.node(0).eventBus().publish("order.placed", "plain");
            await().untilAsserted(() -> assertThat(orchestrator.observed().messages())
                    .containsEntry(new Passage("order.placed", Flow.SENT, "shop", "shop"), 3L)
                    .containsEntry(new Passage("order.placed", Flow.RECEIVED, "stock", "stock"), 4L)
                    .anySatisfy(
                            (passage, messages) -> assertThat(passage.isPlain()).isTrue()));
        }
    }

    private static void observe(Path observations) {
        Realm realm = Realm.withPolicy(OBSERVING, Clock.systemUTC());
        try (Topology topology = Topology.local()) {
            Vertx vertx = topology.node(0);
            String orchestrator = await(vertx.deployVerticle(realm.orchestrator(observations)));
            SecureEventBus stock = realm.join(vertx, "stock");
            SecureEventBus shop = realm.join(vertx, "shop");
            exchange(shop, stock, "order.placed");
            await(shop.leave());
            await(stock.leave());
            await(vertx.undeploy(orchestrator));
        }
    }

    private static void exchange(SecureEventBus from, SecureEventBus to, String address) {
        List<Object> got = new CopyOnWriteArrayList<>();
        await(to.consumer(address, message -> got.add(message.body())).completion());
        List.of(1, 2, 3).forEach(body -> from.send(address, body));
        await().untilAsserted(() -> assertThat(got).containsExactly(1, 2, 3));
    }

    private static Traffic counted(Path observations) throws IOException {
        Traffic traffic = new Traffic();
        new TrafficFile(observations).readInto(traffic);
        return traffic;
    }

    private String suggested(Path observations) throws IOException {
        Path policy = folder.resolve("policy.yaml");
        StringWriter err = new StringWriter();
        int exitCode = LatchkeyCommand.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "policy",
                "suggest",
                "--observations",
                observations.toString(),
                "--trust-domain",
                "test.latchkey",
                "--out",
                policy.toString());
        assertThat(err.toString()).isEmpty();
        assertThat(exitCode).isZero();
        return Files.readString(policy);
    }

    private static void enforce(String policy) {
        Realm realm = Realm.withPolicy(policy, Clock.systemUTC());
        try (Topology topology = Topology.local()) {
            Vertx vertx = topology.node(0);
            realm.deployOrchestrator(vertx);
            SecureEventBus stock = realm.join(vertx, "stock");
            SecureEventBus shop = realm.join(vertx, "shop");
            exchange(shop, stock, "order.placed");
            assertThat(shop.observations()).isEmpty();
            assertThatExceptionOfType(DeniedException.class).isThrownBy(() -> stock.send("order.placed", 4));
            exchange(stock, shop, "order.delivered");
            assertThat(stock.observations()).hasSize(2);
        }
    }
}

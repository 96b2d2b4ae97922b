// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.orchestrator.keys.OrchestratorKeys;
import dev.latchkey.orchestrator.keys.OrchestratorKeystore;
import dev.latchkey.orchestrator.keys.RotationStep;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The orchestrators' signing key is replaced under load, and nobody is refused: bundle, orchestrators and bundle again are rolled out one
 * node at a time, as the command line says.
 */
class SigningKeyRotationTest {
    private static final char[] PASSWORD = "for this test alone".toCharArray();
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 4s, rotationInterval: 60s, leaseDuration: 4s}
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final Topology topology = Topology.clustered(2);
    private final List<Vertx> more = new ArrayList<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        stopped.set(true);
        more.forEach(vertx -> await(vertx.close()));
        topology.close();
    }

    private Path keystore() {
        return folder.resolve("orchestrator.p12");
    }

    /** Its keys as they are in the file now. */
    private OrchestratorVerticle deploy(int node) {
        OrchestratorKeys keys = OrchestratorKeystore.load(keystore(), PASSWORD);
        OrchestratorVerticle orchestrator = new OrchestratorVerticle(realm.optionsWith(keys));
        await(topology.node(node).deployVerticle(orchestrator));
        return orchestrator;
    }

    private TrustBundle bundle() {
        try (OrchestratorKeys keys = OrchestratorKeystore.load(keystore(), PASSWORD)) {
            return keys.trustBundle("test.latchkey");
        }
    }

    private void step(RotationStep step) throws Exception {
        OrchestratorKeystore.rotate(keystore(), PASSWORD, step).close();
    }

    /** An instance with this bundle, on a node of its own. */
    private SecureEventBus join(String service, TrustBundle trust) {
        Vertx node = topology.addNode();
        more.add(node);
        SecureEventBusOptions options = realm.options(service).setTrustBundle(trust);
        return await(SecureEventBus.join(node, options));
    }

    private void greet(SecureEventBus greeter) {
        await(greeter.consumer("greeting.hello", message -> message.reply(message.body()))
                .completion());
    }

    /** Asks one thing after the other until the test stops it. */
    private void ask(SecureEventBus caller) {
        if (!stopped.get()) {
            underWay.incrementAndGet();
            caller.request("greeting.hello", "hello")
                    .onComplete(done -> underWay.decrementAndGet())
                    .onFailure(refused -> failure.compareAndSet(null, refused))
                    .onSuccess(answer -> {
                        answered.incrementAndGet();
                        ask(caller);
                    });
        }
    }

    /** Ends the load in order, so that a node can go without taking a request with it. */
    private void pause() {
        stopped.set(true);
        await().until(() -> underWay.get() == 0);
        stopped.set(false);
        assertThat(failure.get()).isNull();
    }

    /** So many more answers, and so many renewals of each orchestrator that matters. */
    private void awaitTraffic() {
        int before = answered.get();
        await().until(() -> failure.get() != null || answered.get() > before + 200);
        assertThat(failure.get()).isNull();
    }

    private void awaitRenewals(OrchestratorVerticle orchestrator) {
        long before = orchestrator.tally().renewed();
        await().until(() -> failure.get() != null || orchestrator.tally().renewed() >= before + 6);
        awaitTraffic();
    }

    @Test
    void rotation_underLoad_refusesNobody() throws Exception {
        OrchestratorKeystore.create(keystore(), PASSWORD).close();
        TrustBundle oldAlone = bundle();
        OrchestratorVerticle first = deploy(0);
        OrchestratorVerticle second = deploy(1);
        greet(join("greeter", oldAlone));
        ask(join("caller", oldAlone));
        awaitTraffic();

        step(RotationStep.PREPARE);
        TrustBundle both = bundle();
        assertThat(both.tokenKeys()).hasSize(2);
        SecureEventBus greeter = join("greeter", both);
        greet(greeter);
        SecureEventBus caller = join("caller", both);
        ask(caller);
        awaitTraffic();
        // Those with the old bundle alone go before anybody signs with the next key.
        pause();
        await(more.remove(1).close());
        await(more.remove(0).close());
        ask(caller);
        awaitTraffic();

        step(RotationStep.ACTIVATE);
        await(topology.node(0).undeploy(first.deploymentID()));
        OrchestratorVerticle third = deploy(0);
        awaitTraffic();
        await(topology.node(1).undeploy(second.deploymentID()));
        awaitRenewals(third);

        step(RotationStep.FINISH);
        TrustBundle newAlone = bundle();
        assertThat(newAlone.tokenKeys()).hasSize(1).doesNotContainAnyElementsOf(oldAlone.tokenKeys());
        greet(join("greeter", newAlone));
        ask(join("caller", newAlone));
        awaitRenewals(third);
        assertThat(third.tally().denied()).isZero();
        assertThat(greeter.metrics().snapshot().entrySet().stream()
                        .filter(one -> one.getKey().startsWith("latchkey.refused"))
                        .filter(one -> one.getValue() > 0))
                .isEmpty();
    }

    /** The control: without the overlap, instances refuse what the new key signed. */
    @Test
    void keyThatWasNotPublished_isRefused() throws Exception {
        OrchestratorKeystore.create(keystore(), PASSWORD).close();
        TrustBundle oldAlone = bundle();
        step(RotationStep.PREPARE);
        step(RotationStep.ACTIVATE);
        deploy(0);
        SecureEventBusOptions options =
                realm.options("caller").setTrustBundle(oldAlone).setJoinTimeout(java.time.Duration.ofSeconds(1));
        assertThat(Realm.failure(SecureEventBus.join(topology.node(1), options)).toString())
                .contains("BAD_TOKEN");
    }
}

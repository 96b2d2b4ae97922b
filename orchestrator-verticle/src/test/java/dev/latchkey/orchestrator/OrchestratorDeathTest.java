// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Health;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.registration.RegistrationWire;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two orchestrators, of which one dies with questions in its hands: nobody who asked notices. */
class OrchestratorDeathTest {
    private static final int JOINS = 24;
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 20s, rotationInterval: 20s, leaseDuration: 6s}
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final Topology topology = Topology.clustered(3);
    private boolean closed;

    @AfterEach
    void stop() {
        topology.closeAllBut(closed ? 1 : -1);
    }

    @Test
    void joinsAndRenewals_whileAnOrchestratorDies_allSucceed() {
        OrchestratorVerticle survivor = realm.deployOrchestrator(topology.node(0));
        realm.deployOrchestrator(topology.node(1));
        List<SecureEventBus> members = new ArrayList<>();
        List<Health> told = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 8; i++) {
            SecureEventBus member = realm.join(topology.node(2), i % 2 == 0 ? "caller" : "greeter");
            member.healthHandler(told::add);
            members.add(member);
        }
        AtomicInteger joined = new AtomicInteger();
        List<Future<SecureEventBus>> joins = new ArrayList<>();
        for (int i = 0; i < JOINS; i++) {
            joins.add(SecureEventBus.join(topology.node(2), realm.options("caller"))
                    .onSuccess(done -> joined.incrementAndGet()));
        }
        closed = true;
        await(topology.node(1).close());
        await(Future.join(joins));
        assertThat(joined).hasValue(JOINS);
        String before = members.get(0).instance();
        long renewed = survivor.tally().renewed();
        await().atMost(30, TimeUnit.SECONDS)
                .until(() -> survivor.tally().renewed() > renewed + 2L * (members.size() + JOINS));
        assertThat(members).allSatisfy(member -> assertThat(member.health()).isEqualTo(Health.HEALTHY));
        assertThat(members.get(0).instance()).isEqualTo(before);
        assertThat(told).isEmpty();
    }

    /** One that takes questions and never answers: as a node that is cut off, or stopped, while the cluster still counts it in. */
    @Test
    void orchestrator_thatIsSilent_isPassedOver() {
        realm.deployOrchestrator(topology.node(0));
        AtomicInteger swallowed = new AtomicInteger();
        await(topology.node(1)
                .eventBus()
                .consumer(RegistrationWire.ADDRESS, question -> swallowed.incrementAndGet())
                .completion());
        for (int i = 0; i < 4; i++) {
            assertThat(realm.join(topology.node(2), "caller").invokes()).containsExactly("greet");
        }
        assertThat(swallowed).hasPositiveValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Keys rotate and leases renew while messages flow, by the real clock and a policy of seconds. */
class RotationTest {
    private static final String SHORT = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 2s, rotationInterval: 1s, leaseDuration: 2s}
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    private final Realm realm = Realm.withPolicy(SHORT, Clock.systemUTC());
    private final Topology topology = Topology.clustered(2);

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void traffic_acrossRotationsAndRenewals_losesNothing() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        SecureEventBus greeter = realm.join(topology.node(1), "greeter");
        await(greeter.consumer("greeting.hello", message -> message.reply(message.body()))
                .completion());
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        AtomicInteger answered = new AtomicInteger();
        int sent = 0;
        while (orchestrator.tally().rotations() < 4) {
            assertThat(await(caller.request("greeting.hello", sent)).body()).isEqualTo(sent);
            answered.incrementAndGet();
            sent++;
        }
        assertThat(answered).hasValue(sent);
        assertThat(orchestrator.tally().renewed()).isGreaterThan(2);
        assertThat(greeter.refusals()).isEmpty();
    }

    @Test
    void instance_whoseLeaseEndedUnnoticed_registersAnew() {
        Vertx node = topology.node(0);
        String deployment = await(node.deployVerticle(realm.orchestrator()));
        SecureEventBus caller = realm.join(topology.node(1), "caller");
        String before = caller.instance();
        await(node.undeploy(deployment));
        await(forgetAllLeases(node));
        realm.deployOrchestrator(node);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(caller.instance()).isNotEqualTo(before));
        assertThat(caller.invokes()).containsExactly("greet");
    }

    private static Future<Void> forgetAllLeases(Vertx node) {
        return node.sharedData().getAsyncMap("latchkey.leases").compose(map -> map.clear());
    }
}

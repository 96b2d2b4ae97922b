// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.issue.Tally;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two orchestrators on two nodes are one: any of them answers any instance, and either may go. */
class ReplicasTest {
    private static final int INSTANCES = 8;

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.clustered(2);
    private final OrchestratorVerticle first = realm.orchestrator();
    private final OrchestratorVerticle second = realm.orchestrator();
    private String firstDeployment;

    @BeforeEach
    void start() {
        firstDeployment = await(topology.node(0).deployVerticle(first));
        await(topology.node(1).deployVerticle(second));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    /** Callers and greeters get their keys from whichever orchestrator answers; all of them understand each other. */
    @Test
    void instances_ofBothOrchestrators_understandEachOther() {
        await(realm.join(topology.node(1), "greeter")
                .consumer("greeting.hello", message -> message.reply(message.body()))
                .completion());
        await().until(() -> {
            SecureEventBus caller = realm.join(topology.node(0), "caller");
            assertThat(await(caller.request("greeting.hello", "x")).body()).isEqualTo("x");
            await(caller.leave());
            return answered(first) > 0 && answered(second) > 0;
        });
    }

    @Test
    void orchestrator_thatIsLeft_answersAll() {
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        await(topology.node(0).undeploy(firstDeployment));
        for (int i = 0; i < INSTANCES; i++) {
            await(realm.join(topology.node(i % 2), "greeter").leave());
        }
        await(caller.leave());
        Tally.Snapshot one = first.tally();
        Tally.Snapshot other = second.tally();
        assertThat(one.left() + other.left()).isEqualTo(INSTANCES + 1);
    }

    /** It leaves its address before it erases its keys, and ends what it was asked. */
    @Test
    void joins_whileAnOrchestratorStops_areNotRefused() {
        List<Future<SecureEventBus>> joins = new ArrayList<>();
        for (int i = 0; i < 3 * INSTANCES; i++) {
            joins.add(SecureEventBus.join(topology.node(i % 2), realm.options("caller")));
        }
        await().until(() -> answered(first) > 0);
        await(topology.node(0).undeploy(firstDeployment));
        await(Future.join(joins));
        assertThat(first.tally().denied()).isZero();
        assertThat(second.tally().denied()).isZero();
    }

    private static long answered(OrchestratorVerticle orchestrator) {
        Tally.Snapshot tally = orchestrator.tally();
        return tally.registered() + tally.renewed() + tally.left();
    }
}

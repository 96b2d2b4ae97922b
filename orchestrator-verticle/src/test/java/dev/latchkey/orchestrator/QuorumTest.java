// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** An orchestrator that sees fewer nodes than the quorum neither issues nor extends, and goes on once it sees enough. */
class QuorumTest {
    private static final int QUORUM = 2;

    private final Realm realm = Realm.create();
    private final String name = "test-" + UUID.randomUUID();
    private final int first = Topology.freePort();

    private Vertx node(int port) {
        ClusterSettings settings = ClusterSettings.loopback(name, port, first).withQuorum(QUORUM);
        return await(ClusterNode.start(settings));
    }

    /** The failure of an instance that tries to join. */
    private Throwable joining(Vertx node) {
        return failure(SecureEventBus.join(node, realm.options("caller").setJoinTimeout(Duration.ofMillis(500))));
    }

    @Test
    void orchestrator_inTheMinority_refusesUntilItSeesEnoughNodes() {
        Vertx one = node(first);
        Vertx other = node(Topology.freePort());
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(one);
        realm.join(one, "caller");
        await(other.close());
        await().until(() ->
                joining(one) instanceof DeniedException denied && denied.reason() == DenialReason.UNAVAILABLE);
        long registered = orchestrator.tally().registered();
        assertThat(joining(one)).isInstanceOf(DeniedException.class);
        assertThat(orchestrator.tally().registered()).isEqualTo(registered);
        Vertx back = node(Topology.freePort());
        await().ignoreExceptions()
                .until(() -> realm.join(one, "caller").invokes().contains("greet"));
        await(back.close());
        await(one.close());
    }

    /** Some node has to be the first. */
    @Test
    void orchestrator_thatStartsBeforeItsQuorum_waitsForIt() {
        Vertx one = node(first);
        Future<String> deployed = one.deployVerticle(realm.orchestrator());
        assertThat(joining(one)).isInstanceOf(ReplyException.class);
        assertThat(deployed.isComplete()).isFalse();
        Vertx other = node(Topology.freePort());
        await(deployed);
        assertThat(realm.join(one, "caller").invokes()).contains("greet");
        await(other.close());
        await(one.close());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertTimesOut;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Answers to Latchkey's own questions that nobody can read. Vert.x ends its wait before it reads an answer, and then tells nobody: without a wait of
 * our own, one such message would end a member's renewals for ever.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UnreadableAnswerTest {
    private static final Vertx OUTSIDE = Vertx.vertx();
    private static final Buffer OF_NO_TYPE = Buffer.buffer(new byte[] {99});

    private final Realm realm = Realm.create();
    private final AtomicInteger replaced = new AtomicInteger();
    private AnswerProxy proxy;
    private Vertx node;
    private Vertx orchestrators;

    @BeforeAll
    void start() {
        String name = "test-" + UUID.randomUUID();
        int first = Topology.freePort();
        int busPort = Topology.freePort();
        proxy = new AnswerProxy(OUTSIDE, busPort);
        node = await(ClusterNode.start(
                ClusterSettings.loopback(name, first, first).withEventBusPorts(busPort, proxy.port())));
        orchestrators = await(ClusterNode.start(ClusterSettings.loopback(name, Topology.freePort(), first)));
        realm.deployOrchestrator(orchestrators);
    }

    @AfterAll
    void stop() {
        await(orchestrators.close());
        await(node.close());
        await(OUTSIDE.close());
    }

    @BeforeEach
    void passAnswers() {
        replaced.set(0);
        proxy.replaceAnswers(List::of);
    }

    /** Of the answers from now on, so many. */
    private void replace(int most) {
        proxy.replaceAnswers(
                reply -> List.of(replaced.incrementAndGet() <= most ? reply.asFailure(OUTSIDE, OF_NO_TYPE) : reply));
    }

    @Test
    void join_firstAnswerCannotBeRead_asksAgain() {
        replace(1);
        SecureEventBus joined = realm.join(node, "caller");
        assertThat(replaced).hasValueGreaterThan(1);
        await(joined.leave());
    }

    @Test
    void join_noAnswerCanBeRead_failsInTime() {
        replace(Integer.MAX_VALUE);
        assertTimesOut(SecureEventBus.join(node, realm.options("caller").setJoinTimeout(Duration.ofMillis(1_500))));
        assertThat(replaced).hasPositiveValue();
    }

    @Test
    void leave_noAnswerCanBeRead_ends() {
        SecureEventBus joined = realm.join(node, "caller");
        replace(Integer.MAX_VALUE);
        await(joined.leave());
        assertThat(replaced).hasPositiveValue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a member of the cluster can do to Vert.x's own maps cannot be prevented; it does not go unnoticed. */
class ClusterWatchTest {
    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Realm realm = Realm.create();
    private Topology topology;
    private OrchestratorVerticle orchestrator;
    private OrchestratorVerticle other;
    private SecureEventBus greeter;

    @BeforeEach
    void start() {
        topology = Topology.clustered(3);
        orchestrator = realm.deployOrchestrator(topology.node(0), options -> options.setWatchInterval(INTERVAL));
        other = realm.deployOrchestrator(topology.node(1), options -> options.setWatchInterval(INTERVAL));
        greeter = realm.join(topology.node(1), "greeter");
        await(greeter.consumer("greeting.hello", message -> message.reply("hello"))
                .completion());
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private long raised(Alarm alarm) {
        return orchestrator.alarms().getOrDefault(alarm, 0L);
    }

    /** Both orchestrators have seen the hostile consumer, so they have looked at all that was there before. */
    private MessageConsumer<Object> awaitStranger(long alarms) {
        MessageConsumer<Object> ear = topology.node(2).eventBus().consumer("greeting.hello", message -> {});
        await(ear.completion());
        await().until(() -> raised(Alarm.STRANGE_CONSUMER) >= alarms
                && other.alarms().getOrDefault(Alarm.STRANGE_CONSUMER, 0L) >= alarms);
        return ear;
    }

    @Test
    void consumer_ofANodeWithoutAProvider_raisesAnAlarm() {
        awaitStranger(1);
        assertThat(raised(Alarm.STRANGE_CONSUMER)).isEqualTo(1);
        assertThat(orchestrator.metrics().snapshot()).containsEntry("latchkey.alarms{kind=STRANGE_CONSUMER}", 1L);
    }

    /** Whichever orchestrator wrote the lease, and whoever provides: only the stranger of one address is told of. */
    @Test
    void consumers_ofProviders_raiseNone() {
        SecureEventBus second = realm.join(topology.node(0), "greeter");
        await(second.consumer("greeting.hello", message -> message.reply("hello"))
                .completion());
        SecureEventBus counter = realm.join(topology.node(2), "counter");
        await(counter.consumer("counting", message -> message.reply(1)).completion());
        awaitStranger(1);
        assertThat(orchestrator.alarms()).containsOnly(Map.entry(Alarm.STRANGE_CONSUMER, 1L));
        assertThat(other.alarms()).containsOnly(Map.entry(Alarm.STRANGE_CONSUMER, 1L));
    }

    @Test
    void nodeInfo_thatSomebodyRewrites_raisesAnAlarm() {
        HazelcastClusterManager hostile = (HazelcastClusterManager) ((VertxInternal) topology.node(2)).clusterManager();
        ClusterManager honest = ((VertxInternal) topology.node(1)).clusterManager();
        await(greeter.leave());
        greeter = realm.join(topology.node(1), "greeter");
        rewrite(hostile, honest.getNodeId());
        await().until(() -> raised(Alarm.CHANGED_NODE) + other.alarms().getOrDefault(Alarm.CHANGED_NODE, 0L) >= 1);
    }

    /** Puts the hostile node's own address under another's name, as any member can. */
    private void rewrite(HazelcastClusterManager hostile, String victim) {
        var nodes = hostile.getHazelcastInstance().<String, Object>getMap("__vertx.nodeInfo");
        nodes.put(victim, nodes.get(hostile.getNodeId()));
        Promise<NodeInfo> seen = Promise.promise();
        hostile.getNodeInfo(victim, seen);
        assertThat(await(seen.future()).port()).isEqualTo(hostile.getNodeInfo().port());
    }
}

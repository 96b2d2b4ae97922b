// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.map.IMap;
import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.internal.VertxInternal;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A member of the cluster puts objects into the orchestrators' maps that nobody can bring back. It stops nobody by it. */
class BombedStateTest {
    private final Realm realm = Realm.create();
    private Topology topology;

    /** An object that can be written and never be read. */
    private static final class Bomb implements Serializable {
        private void readObject(ObjectInputStream in) throws InvalidObjectException {
            throw new InvalidObjectException("boom");
        }
    }

    @BeforeEach
    void start() {
        topology = Topology.clustered(2);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private void put(String map, Object key, Object value) {
        IMap<Object, Object> hostile = ((HazelcastClusterManager) ((VertxInternal) topology.node(1)).clusterManager())
                .getHazelcastInstance()
                .getMap("latchkey." + map);
        hostile.set(key, value);
    }

    @Test
    void orchestrator_startsOverAll_andRaisesAlarms() {
        put("keylines", "greet", new Bomb());
        put("keylines", "count", 5);
        put("revocations", "current", new Bomb());
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        assertThat(realm.join(topology.node(0), "greeter").provides()).containsExactly("greet");
        assertThat(orchestrator.alarms().get(Alarm.TAMPERED_RECORD)).isGreaterThanOrEqualTo(3);
    }

    /** Then nobody can list the keys any more. */
    @Test
    void orchestrator_startsOverKeysThatCannotBeRead_andLists() {
        for (String map : List.of("keylines", "leases", "revocations", "breaches", "seen")) {
            put(map, new Bomb(), 1);
        }
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        assertThat(realm.join(topology.node(0), "greeter").provides()).containsExactly("greet");
        assertThat(orchestrator.alarms()).containsKey(Alarm.TAMPERED_RECORD);
    }

    @Test
    void instance_leavesAndJoins_whateverIsPutInItsPlace() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        SecureEventBus greeter = realm.join(topology.node(0), "greeter");
        put("leases", greeter.instance(), new Bomb());
        put("revocations", "current", new Bomb());
        await(greeter.leave());
        assertThat(realm.join(topology.node(0), "greeter").provides()).containsExactly("greet");
        assertThat(await(orchestrator.revokeInstance(greeter.instance()))).isPositive();
        assertThat(orchestrator.alarms()).containsKey(Alarm.TAMPERED_RECORD);
    }
}

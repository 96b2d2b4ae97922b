// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.multimap.MultiMap;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.RegistrationInfo;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cluster names a node that nobody can connect to, as for a while after one was killed: requests find the other provider. */
class UnreachableNodeTest {
    private static final String ADDRESS = "greeting.hello";
    private static final int REQUESTS = 20;

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.clustered(2);
    private SecureEventBus caller;

    @BeforeEach
    void join() {
        realm.deployOrchestrator(topology.node(0));
        caller = realm.join(topology.node(0), "caller");
        SecureEventBus greeter = realm.join(topology.node(1), "greeter");
        await(greeter.consumer(ADDRESS, message -> message.reply("hello")).completion());
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private void nameNobodysNode() {
        VertxInternal vertx = (VertxInternal) topology.node(0);
        HazelcastClusterManager manager = (HazelcastClusterManager) vertx.clusterManager();
        MultiMap<String, HazelcastRegistrationInfo> subscriptions =
                manager.getHazelcastInstance().getMultiMap("__vertx.subs");
        subscriptions.put(ADDRESS, new HazelcastRegistrationInfo(new RegistrationInfo("nobody", 1, false)));
    }

    private boolean isChosen() {
        return await(caller.sender(ADDRESS)
                .write("x")
                .map(false)
                .otherwise(failure -> !(failure instanceof ReplyException)));
    }

    @Test
    void requests_areAllAnswered_byTheNodeThatIsThere() {
        nameNobodysNode();
        await().until(this::isChosen);
        List<Future<Message<Object>>> requests = IntStream.range(0, REQUESTS)
                .mapToObj(i -> caller.request(ADDRESS, i, patient()))
                .toList();
        assertThat(requests)
                .allSatisfy(request -> assertThat(await(request).body()).isEqualTo("hello"));
    }
}

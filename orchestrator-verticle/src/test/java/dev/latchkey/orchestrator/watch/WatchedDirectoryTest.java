// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.directory.ProviderEntry;
import dev.latchkey.eventbus.registration.NodeAddress;
import dev.latchkey.orchestrator.notice.Noticed;
import dev.latchkey.orchestrator.policy.PolicyFile;
import dev.latchkey.orchestrator.state.Leases;
import dev.latchkey.orchestrator.state.SealedMap;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who consumes at an operation's address is strange unless the directory, or a lease, has a provider on that node. */
class WatchedDirectoryTest {
    private static final NodeAddress HOME = new NodeAddress("node-1", "127.0.0.1", 9001);

    private final Vertx vertx = Vertx.vertx();
    private final Noticed noticed = new Noticed();
    private Map<String, List<ProviderEntry>> directory = Map.of();
    private NodeAddress told = HOME;

    @SuppressWarnings("NullAway.Init")
    private ClusterWatch watch;

    @BeforeEach
    void start() throws Exception {
        SealedMap map = await(SealedMap.open(vertx, "leases", SecretBytes.random(32), noticed));
        watch = new ClusterWatch(
                new View(),
                PolicyFile.load(Path.of("..", "conf", "policy.yaml")),
                new Leases(map, Clock.systemUTC()),
                operation -> directory.getOrDefault(operation, List.of()),
                noticed);
    }

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** One consumer, at one address. */
    private final class View implements ClusterView {
        @Override
        public Future<Set<String>> consumers(String address) {
            return Future.succeededFuture(address.equals("image.batch") ? Set.of(HOME.id()) : Set.of());
        }

        @Override
        public Future<Optional<NodeAddress>> node(String id) {
            return Future.succeededFuture(Optional.of(told));
        }
    }

    private void lookTwice() throws Exception {
        await(watch.look());
        await(watch.look());
    }

    private static ProviderEntry provider(NodeAddress node) {
        return ProviderEntry.living("00000000000000aa", "image", node, Long.MAX_VALUE);
    }

    @Test
    void consumer_ofAProviderInTheDirectory_raisesNone() throws Exception {
        directory = Map.of("open_batch", List.of(provider(HOME)));
        lookTwice();
        assertThat(noticed.alarms()).isEmpty();
    }

    @Test
    void consumer_thatTheDirectoryHasNot_raisesAnAlarm() throws Exception {
        directory = Map.of("calculate_risk", List.of(provider(HOME)));
        lookTwice();
        assertThat(noticed.alarms()).containsOnlyKeys(Alarm.STRANGE_CONSUMER);
    }

    @Test
    void consumer_onAnotherNodeThanTheProvider_raisesAnAlarm() throws Exception {
        directory = Map.of("open_batch", List.of(provider(new NodeAddress("node-2", "127.0.0.1", 9002))));
        told = new NodeAddress("node-2", "127.0.0.1", 9002);
        lookTwice();
        assertThat(noticed.alarms()).containsOnlyKeys(Alarm.STRANGE_CONSUMER);
    }

    @Test
    void node_thatIsSaidToBeElsewhereThanItsProviderSays_raisesAnAlarm() throws Exception {
        directory = Map.of("open_batch", List.of(provider(HOME)));
        told = new NodeAddress(HOME.id(), "10.0.0.66", 9001);
        lookTwice();
        assertThat(noticed.alarms()).containsOnlyKeys(Alarm.CHANGED_NODE);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Provider;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Many instances join and leave, on three nodes with two orchestrators: afterwards all nodes know the same. How long that took is logged.
 * {@code -Dlatchkey.directory.instances=1000 -Dlatchkey.directory.seconds=60} is the whole run.
 */
class DirectoryLoadTest {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.directory");
    private static final int INSTANCES = Integer.getInteger("latchkey.directory.instances", 150);
    private static final int SECONDS = Integer.getInteger("latchkey.directory.seconds", 5);
    private static final int NODES = 3;
    private static final int STAYING = 20;

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.clustered(NODES);

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void directory_whileManyJoinAndLeave_becomesTheSameOnAllNodes() {
        realm.deployOrchestrator(topology.node(0));
        realm.deployOrchestrator(topology.node(1));
        List<SecureEventBus> callers = IntStream.range(0, NODES)
                .mapToObj(index -> realm.join(topology.node(index), "caller"))
                .toList();
        callers.forEach(caller -> assertThat(known(caller)).isEmpty());
        Set<String> left = joinAndLeave();
        long changed = System.nanoTime();
        callers.forEach(caller -> await().pollInterval(java.time.Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(known(caller)).isEqualTo(left)));
        LOG.info("directory: " + INSTANCES + " instances joined, " + (INSTANCES - left.size()) + " left; all " + NODES
                + " nodes alike after " + (System.nanoTime() - changed) / 1_000_000 + " ms");
    }

    /** Each stays while some others come, in even steps over the time; those of the last ones stay. */
    private Set<String> joinAndLeave() {
        long start = System.nanoTime();
        Deque<SecureEventBus> here = new ArrayDeque<>();
        for (int i = 0; i < INSTANCES; i++) {
            long due = start + i * (SECONDS * 1_000_000_000L / INSTANCES);
            await().pollInterval(java.time.Duration.ofMillis(1)).until(() -> System.nanoTime() >= due);
            here.add(realm.join(topology.node(i % NODES), "greeter"));
            if (here.size() > STAYING) {
                await(here.remove().leave());
            }
        }
        return new TreeSet<>(here.stream().map(SecureEventBus::instance).toList());
    }

    private static Set<String> known(SecureEventBus caller) {
        return new TreeSet<>(await(caller.providers("greet")).stream()
                .map(Provider::instance)
                .toList());
    }
}

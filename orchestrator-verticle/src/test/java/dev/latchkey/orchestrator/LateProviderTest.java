// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that meets a caller's token by its id only asks the caller for it, and keeps the order meanwhile. */
class LateProviderTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String PROBE = "probe";
    private static final int OVERHEAD_WITHOUT_TOKEN = 64;

    private final Realm realm = Realm.create();
    private final Topology topology = Topology.clustered(4);
    private String orchestrator;
    private SecureEventBus caller;

    @BeforeEach
    void callerWhoseTokenRidesAlongNoMore() {
        orchestrator = await(topology.node(0).deployVerticle(realm.orchestrator()));
        SecureEventBus early = realm.join(topology.node(1), "greeter");
        await(early.consumer(ADDRESS, message -> {}).completion());
        caller = realm.join(topology.node(0), "caller");
        Attacker ear = new Attacker(topology.node(2));
        ear.listen(ADDRESS);
        await().until(() -> {
            caller.publish(ADDRESS, "x");
            return ear.heard().stream().map(Buffer::length).anyMatch(length -> length <= OVERHEAD_WITHOUT_TOKEN);
        });
        await(topology.node(2).close());
        await(early.leave());
    }

    @AfterEach
    void stop() {
        topology.closeAllBut(2);
    }

    @Test
    void messages_byReference_arriveCompleteAndInOrder_withEveryOrchestratorDown() {
        List<Object> got = new CopyOnWriteArrayList<>();
        SecureEventBus late = realm.join(topology.node(3), "greeter");
        await(topology.node(0).undeploy(orchestrator));
        await(late.consumer(ADDRESS, message -> got.add(message.body())).completion());
        List<Object> sent = List.copyOf(IntStream.range(0, 300).boxed().toList());
        await().until(this::callersNodeKnowsTheConsumer);
        sent.forEach(body -> caller.send(ADDRESS, body));
        await().untilAsserted(() -> assertThat(withoutProbes(got)).isEqualTo(sent));
        assertThat(late.refusals()).isEmpty();
    }

    private boolean callersNodeKnowsTheConsumer() {
        return await(caller.<String>sender(ADDRESS).write(PROBE).map(true).otherwise(false));
    }

    private static List<Object> withoutProbes(List<Object> got) {
        return got.stream().filter(body -> !PROBE.equals(body)).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.shareddata.AsyncMap;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message that one provider took is replayed to another, on another node. What happens is what policy asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayScopeTest {
    private static final int REPLAYS = 6;

    private final Realm realm = Realm.withPolicy("""
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            operations:
              by_node: {addresses: [by.node]}
              by_cluster: {addresses: [by.cluster], replay: cluster}
              by_sender: {addresses: [by.sender], replay: sender}
            services:
              caller: {invokes: [by_node, by_cluster, by_sender]}
              provider: {provides: [by_node, by_cluster, by_sender]}
            """, Clock.systemUTC());
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private Topology topology;
    private Attacker attacker;
    private SecureEventBus caller;
    private SecureEventBus one;
    private SecureEventBus other;

    @BeforeAll
    void start() {
        topology = Topology.clustered(4);
        realm.deployOrchestrator(topology.node(0));
        attacker = new Attacker(topology.node(3));
    }

    @AfterAll
    void stop() {
        topology.close();
    }

    @BeforeEach
    void join() {
        handled.clear();
        attacker.heard().clear();
        caller = realm.join(topology.node(0), "caller");
        one = realm.join(topology.node(1), "provider");
        other = realm.join(topology.node(2), "provider");
    }

    @AfterEach
    void leave() {
        await(caller.leave());
        await(one.leave());
        await(other.leave());
    }

    /** A frame that the attacker swallowed, as consumers take turns. */
    private Buffer swallowed(String address) {
        MessageConsumer<Buffer> ear = attacker.listen(address);
        await().until(() -> {
            caller.send(address, "pay");
            return !attacker.heard().isEmpty();
        });
        await(ear.unregister());
        return attacker.heard().get(0);
    }

    private void consumeOnBothNodes(String address) {
        await(one.consumer(address, message -> handled.add(message.body())).completion());
        await(other.consumer(address, message -> handled.add(message.body())).completion());
    }

    private long refused(DenialReason reason) {
        return one.refusals().getOrDefault(reason, 0L) + other.refusals().getOrDefault(reason, 0L);
    }

    /** How often it is handled when it is sent to both providers by turns. */
    private int handledOfReplays(String address, Runnable between) {
        Buffer frame = swallowed(address);
        consumeOnBothNodes(address);
        long before = refused(DenialReason.REPLAYED);
        for (int i = 1; i <= REPLAYS; i++) {
            attacker.send(address, frame);
            int sent = i;
            await().until(() -> handled.size() + refused(DenialReason.REPLAYED) - before == sent);
            between.run();
        }
        return handled.size();
    }

    private void deleteMarks() {
        AsyncMap<String, Object> marks = await(topology.node(3).sharedData().getAsyncMap("latchkey.claims"));
        await(marks.clear());
    }

    @Test
    void replayToAnotherNode_rememberedByNode_isTakenOncePerNode() {
        assertThat(handledOfReplays("by.node", () -> {})).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.cluster", "by.sender"})
    void replayToAnotherNode_rememberedTogether_isTakenOnce(String address) {
        assertThat(handledOfReplays(address, () -> {})).isOne();
    }

    @Test
    void replayToAnotherNode_marksDeleted_isTakenOncePerNode() {
        assertThat(handledOfReplays("by.cluster", this::deleteMarks)).isEqualTo(2);
    }

    @Test
    void replayToAnotherNode_rememberedBySenderAndMarksDeleted_isTakenOnce() {
        assertThat(handledOfReplays("by.sender", this::deleteMarks)).isOne();
    }

    @Test
    void replayToAProviderThatJoinedAgain_rememberedTogether_isRefused() {
        Buffer frame = swallowed("by.cluster");
        consumeOnBothNodes("by.cluster");
        attacker.send("by.cluster", frame);
        await().until(() -> handled.size() == 1);
        await(one.leave());
        await(other.leave());
        one = realm.join(topology.node(1), "provider");
        other = realm.join(topology.node(2), "provider");
        consumeOnBothNodes("by.cluster");
        long before = refused(DenialReason.REPLAYED);
        attacker.send("by.cluster", frame);
        attacker.send("by.cluster", frame);
        await().until(() -> refused(DenialReason.REPLAYED) == before + 2);
        assertThat(handled).hasSize(1);
    }

    @Test
    void message_whoseSenderHasLeft_cannotBeConfirmedBySender() {
        Buffer frame = swallowed("by.sender");
        await(caller.leave());
        consumeOnBothNodes("by.sender");
        attacker.send("by.sender", frame);
        await().until(() -> refused(DenialReason.UNCONFIRMED) == 1);
        assertThat(handled).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.cluster", "by.sender"})
    void messages_thatAreClaimed_stayInOrder(String address) {
        await(one.consumer(address, message -> handled.add(message.body())).completion());
        List<Integer> numbers = IntStream.range(0, 500).boxed().toList();
        numbers.forEach(number -> {
            if (number % 10 == 9) {
                caller.publish(address, number);
            } else {
                caller.send(address, number);
            }
        });
        await().until(() -> handled.size() == numbers.size());
        assertThat(handled).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.cluster", "by.sender"})
    void publish_toSeveralNodes_reachesEachOnce(String address) {
        long before = refused(DenialReason.REPLAYED);
        consumeOnBothNodes(address);
        await().until(() -> {
            caller.publish(address, "all");
            return handled.size() >= 2;
        });
        assertThat(refused(DenialReason.REPLAYED)).isEqualTo(before);
    }
}

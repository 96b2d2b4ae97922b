// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.registration.Answer;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages on a real cluster: a violator is out after a few of them, and who is replayed is not. */
class ClusterQuarantineTest {
    private static final int COUNT = 4;
    private static final int REPLAYS = 50;
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            breach: {count: 4, reporters: 2, action: quarantine}
            operations:
              greet: {addresses: [greeting.hello]}
              count: {addresses: [counting]}
            services:
              caller: {invokes: [greet, count]}
              greeter: {provides: [greet]}
              counter: {provides: [count]}
            """;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final Topology topology = Topology.clustered(3);
    private final List<Object> handled = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        topology.close();
    }

    private SecureEventBus provider(String service, String address) {
        SecureEventBus provider = realm.join(topology.node(0), service);
        await(provider.consumer(address, message -> {
                    handled.add(message.body());
                    message.reply("done");
                })
                .completion());
        return provider;
    }

    private static long seen(SecureEventBus bus, ViolationKind kind) {
        return bus.metrics().snapshot().getOrDefault("latchkey.violations{kind=" + kind + "}", -1L);
    }

    private static String outcome(Answer answer) {
        return answer instanceof Answer.Denied denied ? denied.reason().name() : "granted";
    }

    @Test
    void violator_isOutAfterAFewMessages_andTheCallerBesideItIsNot() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        SecureEventBus greeter = provider("greeter", "greeting.hello");
        provider("counter", "counting");
        SecureEventBus honest = realm.join(topology.node(0), "caller");
        HandMadeInstance violator = new HandMadeInstance(
                realm,
                topology.node(1),
                "caller",
                realm.credentialAt("caller", Clock.offset(Clock.systemUTC(), java.time.Duration.ofMinutes(-1))));
        violator.register(Set.of());
        Attacker node = new Attacker(topology.node(1));
        for (int i = 0; i < COUNT; i++) {
            node.send("counting", violator.sealed("greet", "counting"));
        }
        await().until(() -> seen(greeter, ViolationKind.OUT_OF_SCOPE) == COUNT);
        assertThat(await(orchestrator.quarantined())).isEmpty();
        for (int i = 0; i < COUNT; i++) {
            node.send("greeting.hello", violator.sealed("count", "greeting.hello"));
        }
        await().until(() -> await(orchestrator.quarantined()).containsKey(violator.name()));
        assertThat(outcome(violator.register(Set.of()))).isEqualTo("QUARANTINED");
        // Also what its tokens still allow.
        node.send("greeting.hello", violator.sealed("greet", "greeting.hello"));
        await().until(() -> greeter.refusals().getOrDefault(DenialReason.REVOKED, 0L) == 1);
        assertThat(await(honest.request("greeting.hello", "x")).body()).isEqualTo("done");
        assertThat(handled).containsExactly("x");
    }

    @Test
    void caller_whoseMessagesAMemberReplays_isNotEvenAccused() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(topology.node(0));
        SecureEventBus greeter = provider("greeter", "greeting.hello");
        provider("counter", "counting");
        SecureEventBus honest = realm.join(topology.node(2), "caller");
        Attacker node = new Attacker(topology.node(1));
        Buffer heard = overheard(node, honest);
        long before = greeter.refusals().getOrDefault(DenialReason.REPLAYED, 0L);
        for (int i = 0; i < REPLAYS; i++) {
            node.publish("greeting.hello", heard);
            node.send("greeting.hello", heard);
            node.send("counting", heard);
        }
        await().until(() -> greeter.refusals().getOrDefault(DenialReason.REPLAYED, 0L) == before + REPLAYS
                && greeter.refusals().getOrDefault(DenialReason.TAMPERED, 0L) == REPLAYS
                && greeter.refusals().getOrDefault(DenialReason.OUT_OF_SCOPE, 0L) == REPLAYS);
        for (ViolationKind kind : ViolationKind.values()) {
            assertThat(seen(greeter, kind)).as("%s", kind).isZero();
        }
        assertThat(orchestrator.alarms()).isEmpty();
        assertThat(await(honest.request("greeting.hello", "y")).body()).isEqualTo("done");
    }

    private Buffer overheard(Attacker node, SecureEventBus honest) {
        MessageConsumer<Buffer> ear = node.listen("greeting.hello");
        await().until(() -> {
            honest.publish("greeting.hello", "x");
            return !node.heard().isEmpty();
        });
        await(ear.unregister());
        int published = node.heard().size();
        await().until(() -> handled.size() >= published);
        return node.heard().get(0);
    }

    /** Reports reach whichever orchestrator; the count is one, and outlives the one that began it. */
    @Test
    void orchestrators_countTogether_andARestartForgetsNothing() {
        OrchestratorVerticle first = realm.orchestrator();
        String deployment = await(topology.node(0).deployVerticle(first));
        HandMadeInstance accused = HandMadeInstance.joined(realm, topology.node(1), "caller");
        HandMadeInstance greeter = HandMadeInstance.joined(realm, topology.node(1), "greeter");
        HandMadeInstance counter = HandMadeInstance.joined(realm, topology.node(1), "counter");
        greeter.accuse(accused.name(), "greet", 0, COUNT);
        counter.accuse(accused.name(), "count", 0, COUNT - 1);
        OrchestratorVerticle second = realm.deployOrchestrator(topology.node(1));
        await(topology.node(0).undeploy(deployment));
        assertThat(await(second.quarantined())).isEmpty();
        counter.accuse(accused.name(), "count", COUNT, 1);
        assertThat(await(second.quarantined())).containsKey(accused.name());
        OrchestratorVerticle third = realm.deployOrchestrator(topology.node(0));
        assertThat(await(third.quarantined())).containsKey(accused.name());
        await(third.liftQuarantine(accused.name()));
        assertThat(await(second.quarantined())).isEmpty();
    }
}

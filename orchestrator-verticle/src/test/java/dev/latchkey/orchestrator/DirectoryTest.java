// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Provider;
import dev.latchkey.eventbus.ProviderChange;
import dev.latchkey.eventbus.ProviderChange.Kind;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.directory.DirectoryBox;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who provides an operation is known to those that may invoke it, on all nodes alike, and to nobody else. */
class DirectoryTest {
    private static final String SHORT_LEASES = Realm.POLICY.replace("leaseDuration: 60s", "leaseDuration: 2s");

    private Realm realm = Realm.create();
    private Topology topology;

    @BeforeEach
    void start() {
        topology = Topology.clustered(3);
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private Vertx node(int index) {
        return topology.node(index);
    }

    private void deployTwo() {
        realm.deployOrchestrator(node(0));
        realm.deployOrchestrator(node(1));
    }

    private static List<String> names(SecureEventBus bus) {
        return await(bus.providers("greet")).stream().map(Provider::instance).toList();
    }

    private static void awaitNames(SecureEventBus bus, List<String> names) {
        await().untilAsserted(() -> assertThat(names(bus)).containsExactlyInAnyOrderElementsOf(names));
    }

    /** As many as it takes for both orchestrators to have registered one. */
    private List<SecureEventBus> joinSome() {
        List<SecureEventBus> providers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            providers.add(realm.join(node(i % 3), "greeter"));
        }
        return providers;
    }

    private static List<String> instances(List<SecureEventBus> providers) {
        return providers.stream().map(SecureEventBus::instance).toList();
    }

    @Test
    void providers_ofAnyOrchestrator_areToldOnAllNodesAlike() {
        deployTwo();
        List<SecureEventBus> callers =
                List.of(realm.join(node(0), "caller"), realm.join(node(1), "caller"), realm.join(node(2), "caller"));
        List<SecureEventBus> providers = joinSome();
        callers.forEach(caller -> awaitNames(caller, instances(providers)));
        assertThat(await(callers.get(0).providers("greet")))
                .isEqualTo(await(callers.get(2).providers("greet")));
        await(providers.remove(0).leave());
        callers.forEach(caller -> awaitNames(caller, instances(providers)));
    }

    @Test
    void policy_thatIsReloaded_newOperationsAreToldOf_andThoseThatAreGoneDoNoHarm() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(node(0));
        SecureEventBus counter = realm.join(node(1), "counter");
        await(orchestrator.follow(Realm.parsed(Realm.POLICY
                .replace("count: {addresses: [counting]}", "paint: {addresses: [painting]}")
                .replace("[count]", "[paint]"))));
        SecureEventBus painter = realm.join(node(1), "counter");
        SecureEventBus greeter = realm.join(node(2), "greeter");
        await().until(() -> painters(greeter).contains(painter.instance()));
        await(counter.leave());
        await(painter.leave());
        await().until(() -> painters(greeter).isEmpty());
    }

    private static List<String> painters(SecureEventBus bus) {
        return await(bus.providers("paint")).stream().map(Provider::instance).toList();
    }

    @Test
    void provider_isTold_withServiceNodeAddressAndLease() {
        deployTwo();
        SecureEventBus greeter = realm.join(node(2), "greeter");
        SecureEventBus caller = realm.join(node(1), "caller");
        awaitNames(caller, List.of(greeter.instance()));
        Provider provider = await(caller.providers("greet")).get(0);
        assertThat(provider.service()).isEqualTo("greeter");
        assertThat(provider.node())
                .isEqualTo(((VertxInternal) node(2)).clusterManager().getNodeId());
        assertThat(provider.address()).startsWith("127.0.0.1:");
        assertThat(provider.until()).isAfter(Clock.systemUTC().instant());
    }

    @Test
    void providers_beforeACallerOrAnOrchestratorCame_areTold() {
        realm.deployOrchestrator(node(0));
        SecureEventBus greeter = realm.join(node(2), "greeter");
        realm.deployOrchestrator(node(1));
        // Only the second one is there to answer.
        await(node(0).undeploy(node(0).deploymentIDs().iterator().next()));
        SecureEventBus caller = realm.join(node(2), "caller");
        assertThat(names(caller)).containsExactly(greeter.instance());
    }

    @Test
    void providers_ofAnOperationThatIsNotItsToInvoke_areRefused() {
        deployTwo();
        SecureEventBus caller = realm.join(node(2), "caller");
        assertThat(failure(caller.providers("count")))
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.NOT_INVITED));
        assertThat(failure(caller.providers("no_such_operation"))).isInstanceOf(DeniedException.class);
        await(caller.leave());
        assertThat(failure(caller.providers("greet")))
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.LEFT));
    }

    @Test
    void changes_beginWithWhoIsThere_andTellWhoJoinsAndLeaves() {
        deployTwo();
        SecureEventBus first = realm.join(node(0), "greeter");
        SecureEventBus caller = realm.join(node(2), "caller");
        List<ProviderChange> told = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        caller.providerChanges("greet").endHandler(end -> ended.set(true)).handler(told::add);
        await().until(() -> told.size() == 1);
        SecureEventBus second = realm.join(node(1), "greeter");
        await().until(() -> told.size() == 2);
        await(first.leave());
        await().until(() -> told.size() == 3);
        assertThat(told).extracting(ProviderChange::kind).containsExactly(Kind.JOINED, Kind.JOINED, Kind.LEFT);
        assertThat(told.get(1).provider().instance()).isEqualTo(second.instance());
        assertThat(told.get(2).provider()).isEqualTo(told.get(0).provider());
        await(caller.leave());
        await().untilTrue(ended);
    }

    @Test
    void changes_pausedMeanwhile_areTheDifference() {
        deployTwo();
        SecureEventBus caller = realm.join(node(2), "caller");
        List<ProviderChange> told = new CopyOnWriteArrayList<>();
        ReadStream<ProviderChange> stream =
                caller.providerChanges("greet").pause().handler(told::add);
        SecureEventBus passing = realm.join(node(0), "greeter");
        awaitNames(caller, List.of(passing.instance()));
        await(passing.leave());
        SecureEventBus staying = realm.join(node(0), "greeter");
        awaitNames(caller, List.of(staying.instance()));
        assertThat(told).isEmpty();
        stream.fetch(1);
        await().until(() -> told.size() == 1);
        assertThat(told.get(0).provider().instance()).isEqualTo(staying.instance());
    }

    @Test
    void changes_ofADirectoryThatIsNotItsToSee_endWithTheReason() {
        deployTwo();
        SecureEventBus caller = realm.join(node(2), "caller");
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        AtomicBoolean ended = new AtomicBoolean();
        caller.providerChanges("count")
                .exceptionHandler(failures::add)
                .endHandler(end -> ended.set(true))
                .handler(change -> {});
        await().untilTrue(ended);
        assertThat(failures).singleElement().isInstanceOf(DeniedException.class);
    }

    @Test
    void provider_thatDiesWithItsNode_goesWithItsLease() {
        realm = Realm.withPolicy(SHORT_LEASES, Clock.systemUTC());
        deployTwo();
        HandMadeInstance silent = HandMadeInstance.joined(realm, node(1), "greeter");
        SecureEventBus caller = realm.join(node(2), "caller");
        awaitNames(caller, List.of(silent.name()));
        awaitNames(caller, List.of());
    }

    @Test
    void provider_thatIsRevoked_isGoneAtOnce() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(node(0));
        SecureEventBus one = realm.join(node(1), "greeter");
        SecureEventBus other = realm.join(node(1), "greeter");
        SecureEventBus caller = realm.join(node(2), "caller");
        awaitNames(caller, List.of(one.instance(), other.instance()));
        await(orchestrator.revokeInstance(one.instance()));
        awaitNames(caller, List.of(other.instance()));
        await(orchestrator.revokeService("greeter", Duration.ofMinutes(2)));
        awaitNames(caller, List.of());
    }

    /** The keys of a directory follow those of the operation: who follows it goes on after they were replaced. */
    @Test
    void directory_afterKeysWereReplaced_isFollowedOn() {
        OrchestratorVerticle orchestrator = realm.deployOrchestrator(node(0));
        SecureEventBus caller = realm.join(node(2), "caller");
        assertThat(names(caller)).isEmpty();
        await(orchestrator.rotateNow(Set.of("greet")));
        SecureEventBus greeter = realm.join(node(1), "greeter");
        awaitNames(caller, List.of(greeter.instance()));
    }

    @Test
    void updates_onTheBus_showNeitherInstancesNorServices() {
        deployTwo();
        List<String> seen = new CopyOnWriteArrayList<>();
        await(node(2).eventBus()
                .<Buffer>consumer(
                        DirectoryBox.updates("greet"),
                        update -> seen.add(update.body().toString(StandardCharsets.ISO_8859_1)))
                .completion());
        SecureEventBus greeter = realm.join(node(1), "greeter");
        await().until(() -> !seen.isEmpty());
        assertThat(seen).noneMatch(text -> text.contains(greeter.instance()) || text.contains("greeter"));
    }

    /** An intruder has no key, so he gets no answer; a caller of another operation has another one. */
    @Test
    void questions_ofWhoMayNotInvoke_getNoAnswer() {
        deployTwo();
        realm.join(node(1), "greeter");
        AtomicInteger answers = new AtomicInteger();
        List<Buffer> questions = new CopyOnWriteArrayList<>();
        Handler<DeliveryContext<Object>> capture = delivery -> {
            if (delivery.message().address().equals(DirectoryBox.questions("greet"))) {
                questions.add((Buffer) delivery.body());
            }
            delivery.next();
        };
        node(2).eventBus().addOutboundInterceptor(capture);
        SecureEventBus caller = realm.join(node(2), "caller");
        assertThat(names(caller)).hasSize(1);
        node(2).eventBus()
                .request(DirectoryBox.questions("count"), questions.get(0))
                .onSuccess(answer -> answers.incrementAndGet());
        Buffer changed = questions.get(0).copy();
        changed.setByte(changed.length() - 1, (byte) ~changed.getByte(changed.length() - 1));
        for (int i = 0; i < 4; i++) {
            node(2).eventBus()
                    .request(DirectoryBox.questions("greet"), changed)
                    .onSuccess(answer -> answers.incrementAndGet());
        }
        // The true question, asked again by an intruder, is answered, under a key that he has not.
        Buffer answer = await(node(2).eventBus().<Buffer>request(DirectoryBox.questions("greet"), questions.get(0)))
                .body();
        assertThat(answer.toString(StandardCharsets.ISO_8859_1)).doesNotContain("greeter");
        assertThat(answers).hasValue(0);
    }

    /** What is published twice, late or by somebody else changes nothing; what a caller makes up raises an alarm. */
    @Test
    void updates_replayedAfterTheProviderLeft_bringNobodyBack() {
        deployTwo();
        List<Buffer> seen = new CopyOnWriteArrayList<>();
        await(node(2).eventBus()
                .<Buffer>consumer(DirectoryBox.updates("greet"), update -> seen.add(update.body()))
                .completion());
        SecureEventBus caller = realm.join(node(2), "caller");
        SecureEventBus greeter = realm.join(node(1), "greeter");
        awaitNames(caller, List.of(greeter.instance()));
        await(greeter.leave());
        awaitNames(caller, List.of());
        seen.forEach(update -> node(2).eventBus().publish(DirectoryBox.updates("greet"), update));
        SecureEventBus marker = realm.join(node(1), "greeter");
        awaitNames(caller, List.of(marker.instance()));
        assertThat(caller.alarms()).doesNotContainKey(Alarm.FORGED_DIRECTORY);
    }

    /** The network loses one update; its publisher says soon after which one was its last. */
    @Test
    void update_thatIsLost_isCaughtUpWith() {
        realm.deployOrchestrator(node(0));
        SecureEventBus caller = realm.join(node(2), "caller");
        assertThat(names(caller)).isEmpty();
        AtomicInteger lost = new AtomicInteger();
        Handler<DeliveryContext<Object>> loss = delivery -> {
            if (!delivery.message().address().equals(DirectoryBox.updates("greet")) || lost.getAndIncrement() > 0) {
                delivery.next();
            }
        };
        node(2).eventBus().addInboundInterceptor(loss);
        SecureEventBus greeter = realm.join(node(1), "greeter");
        awaitNames(caller, List.of(greeter.instance()));
        assertThat(lost).hasPositiveValue();
    }
}

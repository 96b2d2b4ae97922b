// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How a running system moves over: what each mode lets pass, counts and refuses, with plain code on either side. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ModesTest {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {unlisted: observe}
            operations:
              dormant: {addresses: ['dormant.*'], mode: off}
              watched: {addresses: ['watched.*'], mode: observe}
              lenient: {addresses: ['lenient.*'], mode: permissive, modes: {lenient.hard: strict}}
              severe: {addresses: ['severe.*']}
            services:
              caller: {invokes: [dormant, watched, lenient, severe]}
              stranger: {invokes: [dormant]}
              provider: {provides: [dormant, watched, lenient, severe]}
            """;

    private final Topology topology = Topology.clustered(3);
    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final EventBus outsider = topology.node(2).eventBus();
    private SecureEventBus caller;
    private SecureEventBus stranger;
    private SecureEventBus provider;

    private final Attacker attacker = new Attacker(topology.node(2));

    @BeforeAll
    void start() {
        realm.deployOrchestrator(topology.node(0));
    }

    @AfterAll
    void stop() {
        topology.close();
    }

    @BeforeEach
    void join() {
        caller = realm.join(topology.node(0), "caller");
        stranger = realm.join(topology.node(0), "stranger");
        provider = realm.join(topology.node(1), "provider");
    }

    @AfterEach
    void leave() {
        await(caller.leave());
        await(stranger.leave());
        await(provider.leave());
    }

    private static void echo(EventBus bus, String address) {
        MessageConsumer<Object> consumer = bus.consumer(address, message -> message.reply("echo " + message.body()));
        await(consumer.completion());
    }

    /** Tried again until the cluster's view has caught up with the consumer. */
    private static Object ask(EventBus bus, String address) {
        await().until(() ->
                await(bus.sender(address).write("hello").map(true).otherwise(failure -> isDenied(failure))));
        return await(bus.request(address, "hello").<Object>map(Message::body).otherwise(failure -> failure));
    }

    private static boolean isDenied(Throwable failure) {
        return failure instanceof DeniedException;
    }

    /** All that was counted at an address. */
    private static long seen(SecureEventBus bus, String address) {
        return bus.observations().stream()
                .filter(one -> one.address().equals(address))
                .mapToLong(Observation::messages)
                .sum();
    }

    private static long seen(SecureEventBus bus, String address, Flow flow, String service) {
        return bus.observations().stream()
                .filter(one -> one.address().equals(address)
                        && one.flow() == flow
                        && one.service().equals(service))
                .mapToLong(Observation::messages)
                .sum();
    }

    private static void assertDenied(Object outcome, DenialReason reason) {
        assertThat(outcome).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(reason));
    }

    @Test
    void off_plaintextOfAnybodyPasses_uncounted() {
        echo(provider, "dormant.t1");
        assertThat(ask(outsider, "dormant.t1")).isEqualTo("echo hello");
        assertThat(ask(caller, "dormant.t1")).isEqualTo("echo hello");
        assertThat(seen(provider, "dormant.t1")).isZero();
    }

    @Test
    void observe_plaintextOfAnybodyPasses_andIsCountedByService() {
        echo(provider, "watched.t2");
        assertThat(ask(caller, "watched.t2")).isEqualTo("echo hello");
        assertThat(ask(outsider, "watched.t2")).isEqualTo("echo hello");
        assertThat(seen(caller, "watched.t2", Flow.SENT, "caller")).isGreaterThanOrEqualTo(2);
        // Counted on another node, whose counts this thread may see a moment later.
        await().untilAsserted(() -> assertThat(seen(provider, "watched.t2", Flow.RECEIVED, "provider"))
                .isEqualTo(4));
        assertThat(seen(provider, "watched.t2", Flow.RECEIVED, "")).isZero();
    }

    @Test
    void observe_codeOnThePlainBusOfAMembersNode_isCountedUnderNoService() {
        EventBus plain = topology.node(1).eventBus();
        echo(plain, "watched.t3");
        assertThat(ask(caller, "watched.t3")).isEqualTo("echo hello");
        plain.send("watched.t3", "hello");
        await().until(() -> seen(provider, "watched.t3", Flow.RECEIVED, "") == 3);
        assertThat(seen(provider, "watched.t3", Flow.SENT, "")).isEqualTo(1);
    }

    @Test
    void observe_leavesInPlaintext_soThatCodeOnThePlainBusStillUnderstands() {
        echo(outsider, "watched.t4");
        assertThat(ask(caller, "watched.t4")).isEqualTo("echo hello");
    }

    @Test
    void unlisted_isObservedToo_butForVertxAndLatchkeyThemselves() {
        echo(provider, "nobody.claims.this");
        assertThat(ask(caller, "nobody.claims.this")).isEqualTo("echo hello");
        assertThat(seen(caller, "nobody.claims.this", Flow.SENT, "caller")).isGreaterThanOrEqualTo(2);
        assertThat(provider.observations())
                .extracting(Observation::address)
                .noneMatch(address -> address.startsWith("__vertx") || address.startsWith("latchkey."));
    }

    @Test
    void permissive_whoHasATokenSeals() {
        attacker.listen("lenient.t6");
        await().until(() -> {
            caller.publish("lenient.t6", "hello");
            return !attacker.heard().isEmpty();
        });
        assertThat(attacker.heard()).noneMatch(frame -> frame.toString().contains("hello"));
        assertThat(seen(caller, "lenient.t6", Flow.SENT, "caller")).isZero();
    }

    @Test
    void permissive_sealedMessageIsAnsweredSealed_andNotCounted() {
        echo(provider, "lenient.t7");
        assertThat(ask(caller, "lenient.t7")).isEqualTo("echo hello");
        assertThat(seen(provider, "lenient.t7")).isZero();
    }

    @Test
    void permissive_plaintextOfTheUninvitedAndOfOutsidersPasses_andIsCounted() {
        echo(provider, "lenient.room");
        assertThat(ask(stranger, "lenient.room")).isEqualTo("echo hello");
        assertThat(ask(outsider, "lenient.room")).isEqualTo("echo hello");
        assertThat(seen(stranger, "lenient.room", Flow.SENT, "stranger")).isGreaterThanOrEqualTo(2);
        // Counted on another node, whose counts this thread may see a moment later.
        await().untilAsserted(() -> assertThat(seen(provider, "lenient.room", Flow.RECEIVED, "provider"))
                .isEqualTo(4));
    }

    @Test
    void permissive_frameThatDoesNotOpen_isRefused() {
        List<Object> got = new CopyOnWriteArrayList<>();
        await(provider.consumer("lenient.t9", message -> got.add(message.body()))
                .completion());
        await().until(() -> {
            attacker.publish("lenient.t9", Buffer.buffer("no frame"));
            return provider.refusals().getOrDefault(DenialReason.MALFORMED, 0L) > 0;
        });
        assertThat(got).isEmpty();
    }

    @Test
    void permissive_consumerThatMayNotProvide_getsPlaintextOnly() {
        SecureEventBus beside = realm.join(topology.node(1), "stranger");
        List<Object> got = new CopyOnWriteArrayList<>();
        await(beside.consumer("lenient.beside", message -> got.add(message.body()))
                .completion());
        assertDenied(ask(caller, "lenient.beside"), DenialReason.NOT_A_PROVIDER);
        assertThat(got).isEmpty();
        outsider.send("lenient.beside", "plain");
        await().untilAsserted(() -> assertThat(got).contains("plain"));
        await(beside.leave());
    }

    @Test
    void permissive_instanceThatLeft_staysRefused() {
        await(caller.leave());
        assertThatThrownBy(() -> caller.send("lenient.t10", "hello"))
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.LEFT));
    }

    @Test
    void exceptionOfAnAddress_countsBeforeItsOperationsMode() {
        echo(provider, "lenient.hard");
        assertThat(ask(caller, "lenient.hard")).isEqualTo("echo hello");
        assertDenied(ask(stranger, "lenient.hard"), DenialReason.NOT_INVITED);
        assertThat(ask(outsider, "lenient.hard"))
                .isInstanceOfSatisfying(ReplyException.class, refused -> assertThat(refused.failureCode())
                        .isEqualTo(DenialReason.PLAINTEXT.code()));
    }

    @Test
    void strict_plaintextIsRefusedOnBothSides() {
        echo(provider, "severe.t12");
        assertThat(ask(caller, "severe.t12")).isEqualTo("echo hello");
        assertDenied(ask(stranger, "severe.t12"), DenialReason.NOT_INVITED);
        assertThat(failure(topology.node(0).eventBus().request("severe.t12", "hello")))
                .isInstanceOf(ReplyException.class);
        assertThat(seen(provider, "severe.t12")).isZero();
    }

    @Test
    void producer_followsTheMode() {
        echo(provider, "lenient.hard");
        assertThat(failure(stranger.sender("lenient.hard").write("hello"))).isInstanceOf(DeniedException.class);
        echo(provider, "watched.t13");
        await().until(() ->
                await(stranger.sender("watched.t13").write("hello").map(true).otherwise(false)));
        assertThat(seen(stranger, "watched.t13", Flow.SENT, "stranger")).isPositive();
    }
}

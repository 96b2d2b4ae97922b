// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is revoked is refused at once, by everyone who hears of it, and by all others from their next renewal. */
class RevocationTest {
    private static final String ADDRESS = "greeting.hello";
    private static final int FLOOD = 2_000;
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 4s, rotationInterval: 60s, leaseDuration: 4s}
            operations:
              greet: {addresses: [greeting.hello]}
            services:
              caller: {invokes: [greet]}
              greeter: {provides: [greet]}
            """;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final Topology topology = Topology.clustered(3);
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private OrchestratorVerticle orchestrator;

    @BeforeEach
    void start() {
        orchestrator = realm.deployOrchestrator(topology.node(2));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    /** From now on no notice reaches this node: its members do not know, or do not want to know, that they are revoked. */
    private static void deafen(Vertx vertx) {
        vertx.eventBus().addInboundInterceptor(delivery -> {
            if (!delivery.message().address().equals(Notice.ADDRESS)) {
                delivery.next();
            }
        });
    }

    private SecureEventBus greeter(Vertx vertx) {
        SecureEventBus greeter = realm.join(vertx, "greeter");
        await(greeter.consumer(ADDRESS, message -> {
                    handled.add(message.body());
                    message.reply(message.body());
                })
                .completion());
        return greeter;
    }

    /** "answered", or why not. */
    private String asks(SecureEventBus caller) {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(10_000);
        return await(caller.request(ADDRESS, "x", options).map("answered").otherwise(RevocationTest::reason));
    }

    private static String reason(Throwable failure) {
        if (failure instanceof DeniedException denied) {
            return denied.reason().name();
        }
        return failure instanceof ReplyException refused
                ? String.valueOf(DenialReason.ofCode(refused.failureCode())) + refused.failureType()
                : String.valueOf(failure);
    }

    private void awaitAnswered(SecureEventBus caller) {
        await().until(() -> asks(caller).equals("answered"));
    }

    @Test
    void caller_thatIsRevoked_isRefusedByProvidersThatHeardOfIt() {
        deafen(topology.node(0));
        greeter(topology.node(1));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        SecureEventBus other = realm.join(topology.node(0), "caller");
        awaitAnswered(caller);
        await(orchestrator.revokeInstance(caller.instance()));
        await().until(() -> asks(caller).equals("REVOKED"));
        int before = handled.size();
        assertThat(asks(caller)).isEqualTo("REVOKED");
        assertThat(handled).hasSize(before);
        awaitAnswered(other);
    }

    @Test
    void caller_thatIsRevoked_refusesItself() {
        greeter(topology.node(1));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        awaitAnswered(caller);
        await(orchestrator.revokeInstance(caller.instance()));
        await().until(() -> asks(caller).equals("REVOKED"));
        // In its own JVM already, where the provider did not have to.
        assertThat(failure(caller.request(ADDRESS, "x"))).isInstanceOf(DeniedException.class);
    }

    @Test
    void caller_thatIsRevoked_isRefusedInItsOwnJvmToo() {
        greeter(topology.node(0));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        awaitAnswered(caller);
        await(orchestrator.revokeInstance(caller.instance()));
        await().until(() -> asks(caller).equals("REVOKED"));
    }

    @Test
    void lease_thatIsRevoked_isNotRenewed_evenIfSomebodyPutsItBack() {
        deafen(topology.node(0));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        AsyncMap<String, Object> leases =
                await(topology.node(1).sharedData().<String, Object>getAsyncMap("latchkey.leases"));
        Object lease = await(leases.get(caller.instance()));
        await(orchestrator.revokeInstance(caller.instance()));
        await(leases.put(caller.instance(), lease));
        // It would renew at half of its life; while it does not, its token ends.
        await().until(() -> asks(caller).equals("REVOKED") || asks(caller).equals("EXPIRED"));
        await().until(() -> orchestrator.tally().denied() > 0);
        assertThat(orchestrator.tally().renewed()).isZero();
    }

    @Test
    void provider_thatIsRevoked_cannotOpenWhatIsSentAfterwards() {
        deafen(topology.node(0));
        greeter(topology.node(0));
        SecureEventBus revoked = realm.join(topology.node(0), "greeter");
        SecureEventBus caller = realm.join(topology.node(1), "caller");
        awaitAnswered(caller);
        // All that this node holds of the operation's keys is given up.
        await(orchestrator.revokeService("greeter", Duration.ofSeconds(30)));
        int before = handled.size();
        await().until(() -> asks(caller).equals("STALE_EPOCH"));
        assertThat(revoked.provides()).containsExactly("greet");
        assertThat(handled.size()).isLessThanOrEqualTo(before + 1);
    }

    @Test
    void provider_thatIsRevoked_leavesTheOperationToTheOthers() {
        SecureEventBus bad = realm.join(topology.node(0), "greeter");
        greeter(topology.node(1));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        awaitAnswered(caller);
        await(orchestrator.revokeInstance(bad.instance()));
        awaitAnswered(caller);
    }

    @Test
    void service_thatIsRevoked_cannotRegister() {
        await(orchestrator.revokeService("caller", Duration.ofMinutes(1)));
        assertThat(reason(failure(SecureEventBus.join(topology.node(0), realm.options("caller")))))
                .isEqualTo("REVOKED");
    }

    @Test
    void notice_thatIsKeptFromProvider_isLearnedAtItsRenewal() {
        deafen(topology.node(0));
        deafen(topology.node(1));
        SecureEventBus greeter = greeter(topology.node(1));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        awaitAnswered(caller);
        await(orchestrator.revokeInstance(caller.instance()));
        await().until(() -> !asks(caller).equals("answered"));
        await().until(() -> greeter.alarms().getOrDefault(Alarm.MISSED_NOTICE, 0L) > 0);
        assertThat(asks(caller)).isIn("REVOKED", "UNKNOWN_TOKEN", "EXPIRED");
    }

    @Test
    void notice_thatIsForged_changesNothing() {
        SecureEventBus greeter = greeter(topology.node(1));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        Revocations all = new Revocations(
                Long.MAX_VALUE, 0, Map.of(caller.instance(), Long.MAX_VALUE), Map.of(), Map.of("greet", 99L));
        try (SigningKey stranger = SigningKey.generate()) {
            topology.node(2).eventBus().publish(Notice.ADDRESS, Notice.sign(all, stranger, "test.latchkey"));
        }
        topology.node(2).eventBus().publish(Notice.ADDRESS, Buffer.buffer(new byte[100]));
        topology.node(2).eventBus().publish(Notice.ADDRESS, "text");
        await().until(() -> greeter.alarms().getOrDefault(Alarm.FORGED_NOTICE, 0L) == 1);
        assertThat(asks(caller)).isEqualTo("answered");
    }

    /** Each claims a number that is new, so each could have the orchestrator read its state: one look at a time is what it takes. */
    @Test
    void notices_thatAreForgedInAFlood_costFewLooks() {
        SecureEventBus victim = realm.join(topology.node(0), "caller");
        long before = looks();
        for (int i = 0; i < FLOOD; i++) {
            byte[] forged = new byte[100];
            ByteBuffer.wrap(forged).put((byte) 1).putLong(Long.MAX_VALUE - i);
            topology.node(2).eventBus().publish(Notice.ADDRESS, Buffer.buffer(forged));
        }
        SecureEventBus other = realm.join(topology.node(0), "caller");
        long number = await(orchestrator.revokeInstance(victim.instance()));
        assertThat(number).isPositive();
        assertThat(other.invokes()).containsExactly("greet");
        assertThat(looks() - before).isPositive().isLessThan(FLOOD / 2);
    }

    /** How often the list of revocations was read, by whichever node. */
    private long looks() {
        return IntStream.range(0, 3)
                .mapToObj(topology::node)
                .map(node -> (HazelcastClusterManager) ((VertxInternal) node).clusterManager())
                .map(cluster -> cluster.getHazelcastInstance().getMap("latchkey.revocations"))
                .mapToLong(map -> map.getLocalMapStats().getGetOperationCount())
                .sum();
    }

    @Test
    void notice_thatIsReplayed_changesNothing() {
        List<Buffer> heard = new CopyOnWriteArrayList<>();
        await(topology.node(2)
                .eventBus()
                .<Buffer>consumer(Notice.ADDRESS, notice -> heard.add(notice.body()))
                .completion());
        SecureEventBus greeter = greeter(topology.node(1));
        SecureEventBus first = realm.join(topology.node(0), "caller");
        SecureEventBus second = realm.join(topology.node(0), "caller");
        awaitAnswered(second);
        await(orchestrator.revokeInstance(first.instance()));
        await(orchestrator.revokeInstance(second.instance()));
        await().until(() -> heard.size() == 2 && asks(second).equals("REVOKED"));
        topology.node(2).eventBus().publish(Notice.ADDRESS, heard.get(0));
        assertThat(asks(second)).isEqualTo("REVOKED");
        assertThat(greeter.alarms()).isEmpty();
    }

    @Test
    void list_thatIsRolledBack_isPutRight() {
        AsyncMap<String, Object> lists =
                await(topology.node(1).sharedData().<String, Object>getAsyncMap("latchkey.revocations"));
        Object before = await(lists.get("current"));
        SecureEventBus caller = realm.join(topology.node(0), "caller");
        long number = await(orchestrator.revokeService("caller", Duration.ofMinutes(1)));
        await(lists.put("current", before));
        assertThat(reason(failure(SecureEventBus.join(topology.node(0), realm.options("caller")))))
                .isEqualTo("REVOKED");
        await(lists.put("current", "nonsense"));
        assertThat(await(orchestrator.revokeInstance(caller.instance()))).isGreaterThan(number);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What only the receiving node can find wrong with a request is refused, and told to the caller at once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReceiverRefusalTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String LASTING = Realm.POLICY.replace("60s", "10m");

    private final Realm realm = Realm.withPolicy(LASTING, Clock.systemUTC());
    private final MovingClock receiversClock = new MovingClock();
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private Topology topology;
    private Attacker attacker;
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeAll
    void start() {
        topology = Topology.clustered(3);
        realm.deployOrchestrator(topology.node(0));
        attacker = new Attacker(topology.node(2));
        caller = realm.join(topology.node(0), "caller");
    }

    @AfterAll
    void stop() {
        topology.close();
    }

    /** Joining corrects what is wrong with the clock. */
    @BeforeEach
    void join() {
        handled.clear();
        greeter = await(
                SecureEventBus.join(topology.node(1), realm.options("greeter").setClock(receiversClock)));
        await(greeter.consumer(ADDRESS, message -> handled.add(message.body())).completion());
    }

    @AfterEach
    void leave() {
        await(greeter.leave());
    }

    private Future<Message<Object>> request() {
        return caller.request(ADDRESS, "x", patient());
    }

    private void assertRefused(DenialReason reason) {
        assertDenied(request(), reason);
        assertThat(greeter.refusals()).containsKey(reason);
        assertThat(handled).isEmpty();
    }

    @Test
    void request_thatWasTooLongUnderWay_isStale() {
        receiversClock.advance(Duration.ofSeconds(61));
        assertRefused(DenialReason.STALE_MESSAGE);
    }

    @Test
    void request_whoseTokenEndedUnderWay_isExpired() {
        receiversClock.advance(Duration.ofMinutes(11));
        assertRefused(DenialReason.EXPIRED);
    }

    @Test
    void request_whoseTokenIsOfTheFuture_isNotYetValid() {
        receiversClock.advance(Duration.ofHours(-1));
        assertRefused(DenialReason.NOT_YET_VALID);
    }

    /** The plain bus lets anybody subscribe. */
    @Test
    void request_toANodeWhoseMembersDoNotProvide_isRefused() {
        await(greeter.leave());
        SecureEventBus counter = realm.join(topology.node(1), "counter");
        assertRefusedAtThePlainBusOf(topology.node(1), "greeting.room.there");
        await(counter.leave());
    }

    @Test
    void request_toTheCallersOwnNode_whichDoesNotProvide_isRefused() {
        assertRefusedAtThePlainBusOf(topology.node(0), "greeting.room.here");
    }

    private void assertRefusedAtThePlainBusOf(Vertx node, String address) {
        await(node.eventBus().consumer(address, handled::add).completion());
        assertDenied(caller.request(address, "x", patient()), DenialReason.NOT_A_PROVIDER);
        assertThat(handled).isEmpty();
    }

    /** Nobody answers for the instance that the token would be asked for. */
    @Test
    void request_underATokenOfAnInstanceThatIsGone_isUnknown() {
        Buffer namesAToken = Buffer.buffer(new byte[64]).setByte(0, (byte) 1);
        ReplyException refusal = (ReplyException) failure(attacker.request(ADDRESS, namesAToken));
        assertThat(refusal.failureCode()).isEqualTo(DenialReason.UNKNOWN_TOKEN.code());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that is refused for its token alone is sent again, and yet no handler sees it twice, whoever says that it was refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResendTest {
    private final AtomicInteger heard = new AtomicInteger();
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            operations:
              by_node: {addresses: [by.node]}
              by_cluster: {addresses: [by.cluster], replay: cluster}
              by_sender: {addresses: [by.sender], replay: sender}
            services:
              caller: {invokes: [by_node, by_cluster, by_sender]}
              greeter: {provides: [by_node, by_cluster, by_sender]}
            """;
    private static final Vertx OUTSIDE = Vertx.vertx();

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private AnswerProxy proxy;
    private Vertx callersNode;
    private Vertx greetersNode;
    private OrchestratorVerticle orchestrator;
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeAll
    void start() {
        String name = "test-" + UUID.randomUUID();
        int first = Topology.freePort();
        int busPort = Topology.freePort();
        proxy = new AnswerProxy(OUTSIDE, busPort);
        callersNode = await(ClusterNode.start(
                ClusterSettings.loopback(name, first, first).withEventBusPorts(busPort, proxy.port())));
        greetersNode = await(ClusterNode.start(ClusterSettings.loopback(name, Topology.freePort(), first)));
        orchestrator = realm.deployOrchestrator(callersNode);
        callersNode.eventBus().addInboundInterceptor(delivery -> {
            // The caller learns of new keys by refusals only.
            if (!delivery.message().address().equals(Notice.ADDRESS)) {
                delivery.next();
            }
        });
        greetersNode.eventBus().addInboundInterceptor(delivery -> {
            delivery.next();
            if (delivery.message().address().equals(Notice.ADDRESS)) {
                heard.incrementAndGet();
            }
        });
        greeter = realm.join(greetersNode, "greeter");
        for (String address : List.of("by.node", "by.cluster", "by.sender")) {
            await(greeter.consumer(address, message -> {
                        handled.add(message.body());
                        message.reply("true");
                    })
                    .completion());
        }
    }

    @BeforeEach
    void passAnswers() {
        proxy.replaceAnswers(List::of);
        handled.clear();
        caller = realm.join(callersNode, "caller");
    }

    @AfterAll
    void stop() {
        await(greetersNode.close());
        await(callersNode.close());
        await(OUTSIDE.close());
    }

    private static BusFrame refusal(BusFrame reply) {
        DenialReason stale = DenialReason.STALE_EPOCH;
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, stale.code(), stale.text());
        return BusFrame.forged(OUTSIDE, reply.address(), CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.node", "by.cluster", "by.sender"})
    void refusal_thatIsForged_doesNotMakeTheHandlerRunTwice(String address) {
        proxy.replaceAnswers(reply -> List.of(refusal(reply)));
        assertDenied(caller.request(address, "x", patient()), DenialReason.STALE_EPOCH);
        assertThat(handled).containsExactly("x");
    }

    /** Each forged refusal would have the caller ask an orchestrator. */
    @Test
    void refusals_thatAreForged_doNotMakeTheCallerRenewEachTime() {
        long before = orchestrator.tally().renewed();
        proxy.replaceAnswers(reply -> List.of(refusal(reply)));
        for (int i = 0; i < 5; i++) {
            assertDenied(caller.request("by.node", "x", patient()), DenialReason.STALE_EPOCH);
        }
        assertThat(orchestrator.tally().renewed() - before).isLessThanOrEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"by.node", "by.cluster", "by.sender"})
    void request_thatIsRefusedForItsEpoch_isSentAgainUnderAnother(String address) {
        assertThat(await(caller.request(address, 0, patient())).body()).isEqualTo("true");
        SecureEventBus other = realm.join(callersNode, "greeter");
        long refused = stale();
        int before = heard.get();
        await(orchestrator.revokeInstance(other.instance()));
        // One notice of who is revoked, one of the new keys: what is under way between the two may fail.
        await().until(() -> heard.get() >= before + 2);
        for (int i = 1; stale() == refused; i++) {
            assertThat(await(caller.request(address, i, patient())).body()).isEqualTo("true");
        }
        assertThat(handled).doesNotHaveDuplicates();
    }

    /** Requests that the greeters' node refused as stale. */
    private long stale() {
        return greeter.refusals().getOrDefault(DenialReason.STALE_EPOCH, 0L);
    }
}

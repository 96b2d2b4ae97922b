// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody says of an address, in the clear, that nobody is there: a request that must not run twice is not sent to another. */
class ForgedAbsenceTest {
    private static final String PRIMARY = "pay";
    private static final String BACKUP = "pay.backup";
    private static final String REPEATABLE = "read";
    private static final String REPEATABLE_BACKUP = "read.backup";
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            operations:
              pay: {addresses: [pay], failover: [pay.backup]}
              read: {addresses: [read], failover: [read.backup], idempotent: true}
            services:
              caller: {invokes: [pay, read]}
              teller: {provides: [pay, read]}
            """;

    private final Vertx outside = Vertx.vertx();
    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private AnswerProxy proxy;
    private Vertx callersNode;
    private Vertx tellersNode;
    private SecureEventBus caller;
    private SecureEventBus teller;

    @BeforeEach
    void start() {
        String name = "test-" + UUID.randomUUID();
        int first = Topology.freePort();
        int busPort = Topology.freePort();
        proxy = new AnswerProxy(outside, busPort);
        callersNode = await(ClusterNode.start(
                ClusterSettings.loopback(name, first, first).withEventBusPorts(busPort, proxy.port())));
        tellersNode = await(ClusterNode.start(ClusterSettings.loopback(name, Topology.freePort(), first)));
        realm.deployOrchestrator(callersNode);
        teller = realm.join(tellersNode, "teller");
        caller = realm.join(callersNode, "caller");
    }

    @AfterEach
    void stop() {
        await(tellersNode.close());
        await(callersNode.close());
        await(outside.close());
    }

    private MessageConsumer<Object> answering(String address) {
        MessageConsumer<Object> consumer = teller.consumer(address, message -> answer(address, message));
        await(consumer.completion());
        return consumer;
    }

    private void answer(String address, Message<Object> message) {
        handled.add(address);
        message.reply(address);
    }

    /** In place of each answer, what anybody in the cluster can write. */
    private void forge(ReplyException failure) {
        proxy.replaceAnswers(reply -> List.of(
                BusFrame.forged(outside, reply.address(), CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure)));
    }

    @Test
    void lackOfHandlers_forged_isNotBelieved() {
        answering(PRIMARY);
        answering(BACKUP);
        forge(new ReplyException(ReplyFailure.NO_HANDLERS, "No handlers for address pay"));
        assertDenied(caller.request(PRIMARY, "x", patient()), DenialReason.UNAUTHENTICATED_FAILURE);
        assertThat(handled).containsExactly(PRIMARY);
    }

    @Test
    void absenceOfTheProvider_forged_isNotBelieved() {
        answering(PRIMARY);
        answering(BACKUP);
        DenialReason absent = DenialReason.NOT_A_PROVIDER;
        forge(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, absent.code(), absent.text()));
        assertDenied(caller.request(PRIMARY, "x", patient()), absent);
        assertThat(handled).containsExactly(PRIMARY);
    }

    /** Whoever can forge it could swallow the message too; and it may run twice. */
    @Test
    void lackOfHandlers_forgedToAnIdempotentRequest_makesItTryTheNext() {
        answering(REPEATABLE);
        answering(REPEATABLE_BACKUP);
        forge(new ReplyException(ReplyFailure.NO_HANDLERS, "No handlers for address read"));
        assertThat(assertDenied(caller.request(REPEATABLE, "x", patient()), DenialReason.UNAUTHENTICATED_FAILURE))
                .hasMessageEndingWith("; 2 addresses were tried");
        assertThat(handled).containsExactly(REPEATABLE, REPEATABLE_BACKUP);
    }

    /**
     * The handler has the request, a forged refusal has it sent again, and then the address is gone: what goes to the backup still
     * stands for the first message, which this JVM took.
     */
    @Test
    void resend_thatGoesToTheBackup_doesNotRunTwiceInOneJvm() {
        DenialReason stale = DenialReason.STALE_EPOCH;
        forge(new ReplyException(ReplyFailure.RECIPIENT_FAILURE, stale.code(), stale.text()));
        answering(BACKUP);
        MessageConsumer<Object> primary = teller.consumer(PRIMARY);
        primary.handler(message -> {
            handled.add(PRIMARY);
            primary.unregister().onComplete(gone -> message.reply("done"));
        });
        await(primary.completion());
        assertThat(failure(caller.request(PRIMARY, "x", Outcomes.brief()))).isInstanceOf(ReplyException.class);
        assertThat(handled).containsExactly(PRIMARY);
    }

    @Test
    void request_whosePrimaryIsGone_isAnsweredByTheBackupOnTheOtherNode() {
        answering(BACKUP);
        assertThat(await(caller.request(PRIMARY, "x", patient())).body()).isEqualTo(BACKUP);
        assertThat(handled).containsExactly(BACKUP);
    }
}

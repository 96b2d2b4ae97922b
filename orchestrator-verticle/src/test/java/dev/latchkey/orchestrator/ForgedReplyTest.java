// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.assertTimesOut;
import static dev.latchkey.orchestrator.Outcomes.brief;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Answers that somebody on the wire garbles, withholds or adds to: the true one wins; without it the wait ends in time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgedReplyTest {
    private static final String ADDRESS = "greeting.hello";
    private static final Vertx OUTSIDE = Vertx.vertx();

    /** What can be made of an answer by one who lacks its key, and what the caller counts it as. */
    enum Forgery {
        GARBLED(DenialReason.TAMPERED, BusFrame::garbled),
        EMPTY(DenialReason.MALFORMED, reply -> sealed(reply, Buffer.buffer())),
        GARBAGE(DenialReason.MALFORMED, reply -> sealed(reply, Buffer.buffer(new byte[64]))),
        FAILURE_OF_NO_TYPE(DenialReason.MALFORMED, reply -> failure(reply, Buffer.buffer(new byte[] {99}))),
        FAILURE_CUT_SHORT(DenialReason.MALFORMED, reply -> failure(reply, Buffer.buffer(new byte[] {2, 0}))),
        FAILURE_OF_NO_LENGTH(
                DenialReason.MALFORMED,
                reply -> failure(
                        reply, Buffer.buffer(new byte[] {2, 0, 0, 0, 1, 1}).appendInt(-1))),
        UNKNOWN_KEY(DenialReason.TAMPERED, reply -> sealed(reply, Buffer.buffer(replyFrameOfZeros()))),
        PLAINTEXT(
                DenialReason.PLAINTEXT,
                reply -> BusFrame.forged(OUTSIDE, reply.address(), CodecManager.STRING_MESSAGE_CODEC, "forged"));

        private final DenialReason counted;
        private final Function<BusFrame, BusFrame> maker;

        Forgery(DenialReason counted, Function<BusFrame, BusFrame> maker) {
            this.counted = counted;
            this.maker = maker;
        }

        private BusFrame of(BusFrame reply) {
            return maker.apply(reply);
        }

        /** A failure in the clear that cannot be read, which Vert.x finds only when it has ended its own wait. */
        private static BusFrame failure(BusFrame reply, Buffer body) {
            return reply.asFailure(OUTSIDE, body);
        }

        private static BusFrame sealed(BusFrame reply, Buffer body) {
            return BusFrame.forged(OUTSIDE, reply.address(), new Attacker.RawCodec(), body);
        }

        /** Well-formed: version 1, flagged as a reply. */
        private static byte[] replyFrameOfZeros() {
            byte[] frame = new byte[64];
            frame[0] = 1;
            frame[1] = 1;
            return frame;
        }
    }

    private final Realm realm = Realm.create();
    private AnswerProxy proxy;
    private Vertx callersNode;
    private Vertx greetersNode;
    private SecureEventBus caller;

    @BeforeAll
    void start() {
        String name = "test-" + UUID.randomUUID();
        int first = Topology.freePort();
        int busPort = Topology.freePort();
        proxy = new AnswerProxy(OUTSIDE, busPort);
        callersNode = await(ClusterNode.start(
                ClusterSettings.loopback(name, first, first).withEventBusPorts(busPort, proxy.port())));
        greetersNode = await(ClusterNode.start(ClusterSettings.loopback(name, Topology.freePort(), first)));
        realm.deployOrchestrator(callersNode);
        caller = realm.join(callersNode, "caller");
        SecureEventBus greeter = realm.join(greetersNode, "greeter");
        await(greeter.consumer(ADDRESS, message -> message.reply("true")).completion());
    }

    @AfterAll
    void stop() {
        await(greetersNode.close());
        await(callersNode.close());
        await(OUTSIDE.close());
    }

    @AfterEach
    void passAnswers() {
        proxy.replaceAnswers(List::of);
    }

    private void assertAnswered() {
        assertThat(await(caller.request(ADDRESS, "x", patient())).body()).isEqualTo("true");
    }

    private long refused(DenialReason reason) {
        return caller.refusals().getOrDefault(reason, 0L);
    }

    private static BusFrame failure(BusFrame reply, int code) {
        ReplyException failure = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, code, "forged");
        return BusFrame.forged(OUTSIDE, reply.address(), CodecManager.REPLY_EXCEPTION_MESSAGE_CODEC, failure);
    }

    @Test
    void answer_thatPassesUntouched_arrives() {
        assertAnswered();
    }

    @ParameterizedTest
    @EnumSource
    void forgery_beforeTheTrueAnswer_isDroppedAndCounted(Forgery forgery) {
        long before = refused(forgery.counted);
        proxy.replaceAnswers(reply -> List.of(forgery.of(reply), reply));
        assertAnswered();
        assertThat(refused(forgery.counted)).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @EnumSource
    void forgery_inPlaceOfTheTrueAnswer_isDroppedAndCounted_andTheRequestTimesOut(Forgery forgery) {
        long before = refused(forgery.counted);
        proxy.replaceAnswers(reply -> List.of(forgery.of(reply)));
        assertTimesOut(caller.request(ADDRESS, "x", brief()));
        assertThat(refused(forgery.counted)).isEqualTo(before + 1);
    }

    @Test
    void manyForgeries_beforeTheTrueAnswer_areDropped() {
        proxy.replaceAnswers(reply -> List.of(
                Forgery.GARBLED.of(reply),
                Forgery.EMPTY.of(reply),
                failure(reply, 42),
                Forgery.PLAINTEXT.of(reply),
                failure(reply, 43),
                reply));
        assertAnswered();
    }

    @Test
    void answer_thatIsLost_timesOut() {
        proxy.replaceAnswers(reply -> List.of());
        assertTimesOut(caller.request(ADDRESS, "x", brief()));
    }

    @Test
    void answer_thatArrivesTwice_countsOnce() {
        proxy.replaceAnswers(reply -> List.of(reply, reply));
        assertAnswered();
    }

    @Test
    void forgedFailure_beforeTheTrueAnswer_isOvertaken() {
        proxy.replaceAnswers(reply -> List.of(failure(reply, 42), reply));
        assertAnswered();
    }

    @Test
    void forgedFailure_inPlaceOfTheTrueAnswer_isToldApartFromAHandlers() {
        proxy.replaceAnswers(reply -> List.of(failure(reply, 42)));
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.UNAUTHENTICATED_FAILURE);
    }

    /** A provider that cannot read a request has no key to seal its refusal with, so a forged one looks the same. */
    @Test
    void forgedRefusal_inPlaceOfTheTrueAnswer_failsTheRequest() {
        proxy.replaceAnswers(reply -> List.of(failure(reply, DenialReason.EXPIRED.code())));
        assertDenied(caller.request(ADDRESS, "x", patient()), DenialReason.EXPIRED);
    }
}

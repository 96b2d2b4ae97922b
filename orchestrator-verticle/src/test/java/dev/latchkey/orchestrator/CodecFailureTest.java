// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.orchestrator.FailingCodec.Blow;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application's codec that throws ends at once the request whose body it was to write or read, and harms no other. */
class CodecFailureTest {

    @Nested
    class OnOneNode extends Writing {
        @Override
        Topology topology() {
            return Topology.local();
        }
    }

    @Nested
    class OnTwoClusteredNodes extends Writing {
        @Override
        Topology topology() {
            return Topology.clustered(2);
        }
    }

    @Nested
    class Reading extends Cases {
        @Override
        Topology topology() {
            return Topology.clustered(2);
        }

        @ParameterizedTest
        @EnumSource
        void request_thatCannotBeRead_isRefusedAndNotHandled(Blow blow) {
            List<Object> handled = new CopyOnWriteArrayList<>();
            greet(message -> handled.add(message.body()));
            assertDenied(request(known(FailingCodec.atReading("x", blow))), DenialReason.UNREADABLE_BODY);
            assertThat(handled).isEmpty();
        }

        @Test
        void request_inACodecThatTheProviderDoesNotKnow_isRefused() {
            greet(message -> message.reply("x"));
            FailingCodec<String> codec = FailingCodec.atReading("x", Blow.EXCEPTION);
            assertDenied(request(codec.on(callersBus())), DenialReason.UNREADABLE_BODY);
        }

        @ParameterizedTest
        @EnumSource
        void reply_thatCannotBeRead_failsTheRequest(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atReading("x", blow));
            greet(message -> message.reply(codec.body(), in(codec)));
            assertDenied(request(), DenialReason.UNREADABLE_BODY);
        }

        @Test
        void reply_inACodecThatTheCallerDoesNotKnow_failsTheRequest() {
            FailingCodec<String> codec = FailingCodec.atReading("x", Blow.EXCEPTION);
            codec.on(greetersBus());
            greet(message -> message.reply(codec.body(), in(codec)));
            assertDenied(request(), DenialReason.UNREADABLE_BODY);
        }

        @ParameterizedTest
        @EnumSource
        void failure_thatCannotBeRead_failsTheRequest(Blow blow) {
            withDefaultCodec(
                    FailingCodec.atReading(new Mishap(), blow),
                    () -> assertDenied(requestThatFailsWith(new Mishap()), DenialReason.UNREADABLE_BODY));
        }

        @ParameterizedTest
        @EnumSource
        void answerToAQuestion_thatCannotBeRead_failsTheQuestion(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atReading("x", blow));
            assertDenied(questionAnsweredIn(codec), DenialReason.UNREADABLE_BODY);
        }

        @ParameterizedTest
        @EnumSource
        void question_thatCannotBeRead_failsTheRequest(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atReading("x", blow));
            greet(message -> message.replyAndRequest(codec.body(), in(codec)));
            assertDenied(request(), DenialReason.UNREADABLE_BODY);
        }
    }

    abstract static class Writing extends Cases {
        @ParameterizedTest
        @EnumSource
        void request_thatCannotBeWritten_failsWithWhatTheCodecThrew(Blow blow) {
            greet(message -> message.reply("x"));
            DeniedException denied =
                    assertDenied(request(known(FailingCodec.atWriting("x", blow))), DenialReason.UNWRITABLE_BODY);
            assertThat(denied.getCause()).hasMessage(Blow.MESSAGE);
        }

        @ParameterizedTest
        @EnumSource
        void messages_thatCannotBeWritten_areThrownBack(Blow blow) {
            answerOnce();
            FailingCodec<String> codec = known(FailingCodec.atWriting("x", blow));
            assertThatExceptionOfType(DeniedException.class)
                    .isThrownBy(() -> caller.send(address, "x", in(codec)))
                    .returns(DenialReason.UNWRITABLE_BODY, DeniedException::reason);
            assertThatExceptionOfType(DeniedException.class)
                    .isThrownBy(() -> caller.publish(address, "x", in(codec)))
                    .returns(DenialReason.UNWRITABLE_BODY, DeniedException::reason);
            assertDenied(caller.sender(address, in(codec)).write("x"), DenialReason.UNWRITABLE_BODY);
        }

        @ParameterizedTest
        @EnumSource
        void messagesThatCannotBeWritten_loseNoneOfTheOthers(Blow blow) {
            List<Object> handled = new CopyOnWriteArrayList<>();
            greet(message -> handled.add(message.body()));
            FailingCodec<String> codec = known(FailingCodec.atWriting("x", blow));
            // The first are encoded late, as the connection has yet to be made.
            List<Integer> sent = List.of(1, 2, 3, 4, 5);
            for (Integer body : sent) {
                caller.send(address, body);
                assertDenied(request(codec), DenialReason.UNWRITABLE_BODY);
            }
            await().untilAsserted(() -> assertThat(handled).isEqualTo(sent));
        }

        @ParameterizedTest
        @EnumSource
        void reply_thatCannotBeWritten_failsTheRequestAndNoOther(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atWriting("x", blow));
            this.<Boolean>greet(message -> message.reply("x", message.body() ? in(codec) : new DeliveryOptions()));
            for (int i = 0; i < 3; i++) {
                assertDenied(caller.request(address, true, patient()), DenialReason.UNWRITABLE_BODY);
                assertThat(await(caller.request(address, false, patient())).body())
                        .isEqualTo("x");
            }
        }

        @ParameterizedTest
        @EnumSource
        void failure_thatCannotBeWritten_failsTheRequest(Blow blow) {
            withDefaultCodec(
                    FailingCodec.atWriting(new Mishap(), blow),
                    () -> assertDenied(requestThatFailsWith(new Mishap()), DenialReason.UNWRITABLE_BODY));
        }

        @ParameterizedTest
        @EnumSource
        void answerToAQuestion_thatCannotBeWritten_failsTheQuestion(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atWriting("x", blow));
            assertDenied(questionAnsweredIn(codec), DenialReason.UNWRITABLE_BODY);
        }

        @ParameterizedTest
        @EnumSource
        void question_thatCannotBeWritten_failsItselfAndTheRequest(Blow blow) {
            FailingCodec<String> codec = known(FailingCodec.atWriting("x", blow));
            Promise<Message<Object>> question = Promise.promise();
            DeliveryOptions options = in(codec);
            greet(message -> message.replyAndRequest("x", options).onComplete(question));
            assertDenied(request(), DenialReason.UNWRITABLE_BODY);
            assertDenied(question.future(), DenialReason.UNWRITABLE_BODY);
        }
    }

    /** A failure of the application's own. */
    static final class Mishap extends ReplyException {
        Mishap() {
            super(ReplyFailure.RECIPIENT_FAILURE, 1, "mishap");
        }
    }

    abstract static class Cases extends ExchangeCases {
        final EventBus callersBus() {
            return topology.node(0).eventBus();
        }

        final EventBus greetersBus() {
            return topology.node(1).eventBus();
        }

        /** The codec, known to both sides. */
        final <T> FailingCodec<T> known(FailingCodec<T> codec) {
            return callersBus() == greetersBus() ? codec.on(callersBus()) : codec.on(callersBus(), greetersBus());
        }

        static DeliveryOptions in(FailingCodec<?> codec) {
            return patient().setCodecName(codec.name());
        }

        final Future<Message<Object>> request() {
            return caller.request(address, "x", patient());
        }

        final Future<Message<Object>> request(FailingCodec<?> codec) {
            return caller.request(address, codec.body(), in(codec));
        }

        /** So that the nodes are connected, and a send encodes its message before it returns. */
        final void answerOnce() {
            greet(message -> message.reply("x"));
            await(request());
        }

        final Future<Message<Object>> requestThatFailsWith(ReplyException failure) {
            greet(message -> message.reply(failure));
            return request();
        }

        /** What becomes of a question that the greeter asks back and the caller answers. */
        final Future<Message<Object>> questionAnsweredIn(FailingCodec<?> codec) {
            Promise<Message<Object>> question = Promise.promise();
            greet(message -> message.replyAndRequest("name?", patient()).onComplete(question));
            await(request()).reply(codec.body(), in(codec));
            return question.future();
        }

        final void withDefaultCodec(FailingCodec<Mishap> codec, Runnable test) {
            List<EventBus> buses =
                    Stream.of(callersBus(), greetersBus()).distinct().toList();
            buses.forEach(bus -> bus.registerDefaultCodec(Mishap.class, codec));
            try {
                test.run();
            } finally {
                buses.forEach(bus -> bus.unregisterDefaultCodec(Mishap.class));
            }
        }
    }
}

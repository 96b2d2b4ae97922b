// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Outcomes.assertDenied;
import static dev.latchkey.orchestrator.Outcomes.assertFails;
import static dev.latchkey.orchestrator.Outcomes.assertTimesOut;
import static dev.latchkey.orchestrator.Outcomes.brief;
import static dev.latchkey.orchestrator.Outcomes.patient;
import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Whoever goes away, or never answers, while a request is under way: it ends, at once where somebody can tell. */
class AbsentPartyTest {

    @Nested
    class OnOneNode extends Cases {
        @Override
        Topology topology() {
            return Topology.local();
        }

        /** Both sides hold one session here, the caller's, under which the answer needs no key of the provider's. */
        @Test
        void provider_thatLeftWhileItHandled_canStillAnswer() {
            Future<Message<Object>> request = handledMeanwhile(() -> greeter.leave(), message -> message.reply("late"));
            assertThat(await(request).body()).isEqualTo("late");
        }

        @Test
        void question_toACallerThatLeft_isDeniedAtOnce() {
            Promise<Message<Object>> question = Promise.promise();
            Future<Message<Object>> request = handledMeanwhile(
                    () -> caller.leave(), message -> ask(message, patient()).onComplete(question));
            assertDenied(request, DenialReason.LEFT);
            assertDenied(question.future(), DenialReason.LEFT);
        }
    }

    @Nested
    class OnTwoClusteredNodes extends Cases {
        @Override
        Topology topology() {
            return Topology.clustered(2);
        }

        @Test
        void provider_thatLeftWhileItHandled_saysSoInPlaceOfItsAnswer() {
            assertDenied(handledMeanwhile(() -> greeter.leave(), message -> message.reply("late")), DenialReason.LEFT);
        }

        @Test
        void provider_thatLeftWhileItHandled_saysSoInPlaceOfItsFailure() {
            assertDenied(
                    handledMeanwhile(() -> greeter.leave(), message -> message.fail(1, "late")), DenialReason.LEFT);
        }

        @Test
        void provider_thatLeftWhileItHandled_saysSoInPlaceOfItsQuestion() {
            Promise<Message<Object>> question = Promise.promise();
            Future<Message<Object>> request = handledMeanwhile(
                    () -> greeter.leave(), message -> ask(message, patient()).onComplete(question));
            assertDenied(question.future(), DenialReason.LEFT);
            assertDenied(request, DenialReason.LEFT);
        }

        @Test
        void provider_thatLeavesWhileItAsks_waitsNoLonger() {
            Promise<Message<Object>> question = Promise.promise();
            greet(message -> ask(message, patient()).onComplete(question));
            await(request(patient()));
            await(greeter.leave());
            assertDenied(question.future(), DenialReason.LEFT);
        }

        @Test
        void question_toACallerThatLeft_timesOut() {
            Promise<Message<Object>> question = Promise.promise();
            Future<Message<Object>> request = handledMeanwhile(
                    () -> caller.leave(), message -> ask(message, brief()).onComplete(question));
            assertDenied(request, DenialReason.LEFT);
            assertTimesOut(question.future());
        }
    }

    abstract static class Cases extends ExchangeCases {
        final Future<Message<Object>> request(DeliveryOptions options) {
            return caller.request(address, "x", options);
        }

        static Future<Message<Object>> ask(Message<Object> message, DeliveryOptions options) {
            return message.replyAndRequest("name?", options);
        }

        /** A request whose handler has it while something happens, and then goes on with it. */
        final Future<Message<Object>> handledMeanwhile(Supplier<Future<Void>> event, Handler<Message<Object>> then) {
            Promise<Message<Object>> handling = Promise.promise();
            greet(handling::complete);
            Future<Message<Object>> request = request(patient());
            Message<Object> message = await(handling.future());
            await(event.get());
            then.handle(message);
            return request;
        }

        @Test
        void handler_thatNeverAnswers_timesOut() {
            greet(message -> {});
            assertTimesOut(request(brief()));
        }

        @Test
        void handler_thatThrows_timesOut() {
            greet(message -> {
                throw new IllegalStateException("the handler failed");
            });
            assertTimesOut(request(brief()));
        }

        @Test
        void consumer_thatIsGone_isMissedAtOnce() {
            MessageConsumer<Object> consumer = greet(message -> message.reply("x"));
            await(request(patient()));
            await(consumer.unregister());
            // The caller's node learns of it a little later.
            await().until(() -> failure(request(brief())) instanceof ReplyException missed
                    && missed.failureType() == ReplyFailure.NO_HANDLERS);
            assertFails(request(patient()), ReplyFailure.NO_HANDLERS);
        }

        @Test
        void consumer_thatEndsWhileARequestWaitsInIt_failsTheRequestAtOnce() {
            MessageConsumer<Object> consumer = greet(message -> message.reply("x"));
            await(request(patient()));
            consumer.pause();
            Future<Message<Object>> request = request(patient());
            assertTimesOut(request(brief()));
            await(consumer.unregister());
            assertTimesOut(request);
        }

        @Test
        void provider_thatLeavesWhileARequestWaitsInItsConsumer_failsTheRequestAtOnce() {
            MessageConsumer<Object> consumer = greet(message -> message.reply("x"));
            consumer.pause();
            Future<Message<Object>> request = request(patient());
            assertTimesOut(request(brief()));
            await(greeter.leave());
            assertTimesOut(request);
        }

        @Test
        void caller_thatLeaves_waitsNoLonger() {
            Future<Message<Object>> request = handledMeanwhile(() -> caller.leave(), message -> {});
            assertDenied(request, DenialReason.LEFT);
        }

        @Test
        void requests_sentWhileTheirCallerLeaves_areAnsweredOrDenied() {
            greet(message -> message.reply("x"));
            await(request(patient()));
            List<Future<Message<Object>>> requests = new ArrayList<>();
            Future<Void> leaving = caller.leave();
            while (!leaving.isComplete()) {
                requests.add(request(patient()));
            }
            await(Future.join(requests).otherwiseEmpty());
            assertThat(requests).allSatisfy(request -> {
                if (request.failed()) {
                    assertDenied(request, DenialReason.LEFT);
                }
            });
        }

        @Test
        void caller_thatLeft_asksNoMore() {
            greet(message -> message.reply("x"));
            await(caller.leave());
            assertDenied(request(patient()), DenialReason.LEFT);
        }

        @Test
        void caller_thatLeftBeforeItAnswersAQuestion_saysSoInPlaceOfItsAnswer() {
            Promise<Message<Object>> question = Promise.promise();
            greet(message -> ask(message, patient()).onComplete(question));
            Message<Object> asked = await(request(patient()));
            await(caller.leave());
            asked.reply("late");
            assertDenied(question.future(), DenialReason.LEFT);
        }

        @Test
        void question_thatNobodyAnswers_timesOut() {
            Promise<Message<Object>> question = Promise.promise();
            greet(message -> ask(message, brief()).onComplete(question));
            await(request(patient()));
            assertTimesOut(question.future());
        }
    }
}

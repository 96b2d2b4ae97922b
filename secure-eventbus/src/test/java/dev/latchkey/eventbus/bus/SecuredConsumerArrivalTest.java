// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.Observation;
import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.CodecManager;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a consumer lets through when the gate before it should have failed, and what it asks of the plain consumer under it. */
class SecuredConsumerArrivalTest extends GuardedTest {
    private final List<Object> got = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private boolean registered = true;
    private final Consumers siblings = new Consumers();
    private @Nullable Handler<Message<Object>> arrive;
    private Handler<Void> ended = ignored -> {};
    private Context context;
    private SecuredConsumer<Object> consumer;

    @BeforeEach
    void build() throws Exception {
        context = vertx.getOrCreateContext();
        Promise<SecuredConsumer<Object>> made = Promise.promise();
        context.runOnContext(now -> made.complete(consumer(ADDRESS, member, 1)));
        consumer = done(made.future());
        consumer.handler(message -> got.add(message.body()));
    }

    private SecuredConsumer<Object> consumer(String address, Member of, int room) {
        return new SecuredConsumer<>(plain(address), room, guard, new Exchange(guard), of, siblings);
    }

    /** A consumer of the plain bus, whose messages a test brings. */
    @SuppressWarnings("unchecked")
    private MessageConsumer<Object> plain(String address) {
        return (MessageConsumer<Object>) Proxy.newProxyInstance(
                MessageConsumer.class.getClassLoader(),
                new Class<?>[] {MessageConsumer.class},
                (proxy, method, args) -> switch (method.getName()) {
                    case "address" -> address;
                    case "isRegistered" -> registered;
                    case "completion", "unregister" -> note(method.getName(), Future.succeededFuture());
                    case "handler" -> {
                        arrive = (Handler<Message<Object>>) args[0];
                        yield proxy;
                    }
                    case "endHandler" -> {
                        ended = (Handler<Void>) args[0];
                        yield proxy;
                    }
                    case "fetch" -> note("fetch " + args[0], proxy);
                    default -> note(method.getName(), proxy);
                });
    }

    private Object note(String what, Object result) {
        asked.add(what);
        return result;
    }

    private void onContext(Runnable action) throws Exception {
        Promise<Void> done = Promise.promise();
        context.runOnContext(now -> {
            try {
                action.run();
                done.complete();
            } catch (Throwable e) {
                done.fail(e);
            }
        });
        done(done.future());
    }

    private ArrivingMessage arrives(ArrivingMessage message) throws Exception {
        onContext(() -> requireNonNull(arrive).handle(message));
        return message;
    }

    private ArrivingMessage opened() throws Refusal {
        ArrivingMessage message = arriving(request(envelope()));
        message.delivery()
                .open(
                        text("secret"),
                        guard.sessions()
                                .session(requireNonNull(message.delivery().frame())));
        return message;
    }

    private ArrivingMessage plaintext() {
        return ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, REPLY, "plain");
    }

    private void mode(Mode mode) {
        Operation operation =
                new Operation("process_image", List.of(AddressPattern.parse(ADDRESS)), new Modes(mode, Map.of()));
        guard.update(member, List.of(operation), Mode.OFF);
    }

    @Test
    void sealed_opened_isDelivered() throws Exception {
        assertThat(arrives(opened()).replies).isEmpty();
        assertThat(got).containsExactly("secret");
    }

    @Test
    void sealed_neverOpened_isRefused() throws Exception {
        ArrivingMessage message = arrives(arriving(request(envelope())));
        assertThat(message.failureCode()).isEqualTo(DenialReason.LEFT.code());
        assertThat(guard.refused()).containsEntry(DenialReason.LEFT, 1L);
        assertThat(got).isEmpty();
    }

    @Test
    void sealed_bodyThatIsNoDelivery_isRefused() throws Exception {
        arrives(ArrivingMessage.of(guard.codec(), ADDRESS, REPLY, "plain"));
        assertThat(got).isEmpty();
        assertThat(guard.refused()).containsEntry(DenialReason.LEFT, 1L);
    }

    @Test
    void sealed_memberHasLeft_isRefused() throws Exception {
        ArrivingMessage message = opened();
        done(member.leave());
        assertThat(arrives(message).failureCode()).isEqualTo(DenialReason.LEFT.code());
        assertThat(got).isEmpty();
    }

    @Test
    void sealed_ofWhatTheMemberDoesNotProvide_isRefusedUnderSeal() throws Exception {
        Member stranger = member(Set.of(), Set.of());
        onContext(() -> consumer(ADDRESS, stranger, 1).handler(message -> got.add(message.body())));
        ArrivingMessage message = arrives(opened());
        assertThat(message.replies).singleElement().isInstanceOfSatisfying(ReplyCarrier.class, answer -> assertThat(
                        answer.body())
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(DenialReason.NOT_A_PROVIDER.code())));
        assertThat(guard.refused()).containsEntry(DenialReason.NOT_A_PROVIDER, 1L);
        assertThat(got).isEmpty();
    }

    @Test
    void plaintext_atAStrictAddress_isRefused() throws Exception {
        assertThat(arrives(plaintext()).failureCode()).isEqualTo(DenialReason.PLAINTEXT.code());
        assertThat(guard.refused()).containsEntry(DenialReason.PLAINTEXT, 1L);
        assertThat(got).isEmpty();
    }

    @Test
    void plaintext_whereObserved_isDeliveredAndCountedForTheService() throws Exception {
        mode(Mode.OBSERVE);
        ArrivingMessage message = plaintext();
        onContext(() -> guard.passage()
                .receive(ADDRESS, Mode.OBSERVE, () -> requireNonNull(arrive).handle(message)));
        assertThat(got).containsExactly("plain");
        assertThat(guard.observations().snapshot()).containsExactly(new Observation(ADDRESS, Flow.RECEIVED, "web", 1));
    }

    @Test
    void plaintext_whereNothingIsCounted_isNot() throws Exception {
        mode(Mode.OFF);
        onContext(() -> guard.passage()
                .receive(ADDRESS, Mode.OBSERVE, () -> requireNonNull(arrive).handle(plaintext())));
        assertThat(got).containsExactly("plain");
        assertThat(guard.observations().snapshot()).containsExactly(new Observation(ADDRESS, Flow.RECEIVED, "", 1));
    }

    @Test
    void paused_fullInbox_discardsTheNext_andSaysSo() throws Exception {
        onContext(consumer::pause);
        assertThat(arrives(opened()).replies).isEmpty();
        try (LogLines log = LogLines.of(SecuredConsumer.class.getName())) {
            ArrivingMessage second = arrives(opened());
            assertThat(discarded(second))
                    .isEqualTo("Discarded the request. address: " + REPLY + ", repliedAddress: " + ADDRESS);
            assertThat(log.all())
                    .containsExactly("Discarding message as the paused consumer's buffer is full. address: " + ADDRESS);
        }
        onContext(consumer::resume);
        onContext(() -> {});
        assertThat(got).containsExactly("secret");
    }

    private static String discarded(ArrivingMessage message) {
        ReplyCarrier answer = (ReplyCarrier) message.replies.get(0);
        ReplyException failure = (ReplyException) requireNonNull(answer.body());
        return requireNonNull(failure.getMessage());
    }

    @Test
    void paused_ended_discardsWhatWaits() throws Exception {
        onContext(consumer::pause);
        ArrivingMessage waiting = arrives(opened());
        try (LogLines log = LogLines.of(SecuredConsumer.class.getName())) {
            onContext(() -> ended.handle(null));
            onContext(() -> {});
            assertThat(waiting.replies).hasSize(1);
            assertThat(log.all())
                    .containsExactly("Discarding message as the consumer is not registered. address: " + ADDRESS);
        }
        assertThat(got).isEmpty();
    }

    @Test
    void discarded_whereNobodyWaits_isNotAnswered() throws Exception {
        onContext(consumer::pause);
        arrives(opened());
        ArrivingMessage send = ArrivingMessage.sealed(guard, ADDRESS, null, request(envelope(null)));
        send.delivery()
                .open(
                        text("secret"),
                        guard.sessions().session(requireNonNull(send.delivery().frame())));
        assertThat(arrives(send).replies).isEmpty();
    }

    @Test
    void unregistered_messageThatIsUnderWay_isNotDelivered() throws Exception {
        onContext(consumer::unregister);
        arrives(opened());
        assertThat(got).isEmpty();
        assertThat(asked).contains("unregister");
    }

    @Test
    void handler_takenOff_unregisters() throws Exception {
        onContext(() -> assertThat(consumer.handler(null)).isSameAs(consumer));
        assertThat(asked).containsExactly("unregister");
    }

    @Test
    void ended_handlerIsToldOnItsContext_andItsMemberForgetsIt() throws Exception {
        List<Context> told = new ArrayList<>();
        onContext(() -> assertThat(consumer.endHandler(end -> told.add(io.vertx.core.Vertx.currentContext())))
                .isSameAs(consumer));
        ended.handle(null);
        onContext(() -> {});
        assertThat(told).containsExactly(context);
        siblings.unregisterAll();
        assertThat(asked).isEmpty();
    }

    @Test
    void ended_noHandler_isQuiet() throws Exception {
        onContext(() -> consumer.endHandler(end -> got.add("end")));
        onContext(() -> consumer.endHandler(null));
        ended.handle(null);
        onContext(() -> {});
        assertThat(got).isEmpty();
    }

    @Test
    void registered_endsWithItsMember() {
        siblings.unregisterAll();
        assertThat(asked).containsExactly("unregister");
    }

    @Test
    void pauseAndFetch_whereSealed_holdBackWhatWasChecked() throws Exception {
        onContext(() -> assertThat(consumer.pause()).isSameAs(consumer));
        arrives(opened());
        assertThat(got).isEmpty();
        assertThat(asked).doesNotContain("pause");
        onContext(() -> assertThat(consumer.fetch(1)).isSameAs(consumer));
        onContext(() -> {});
        assertThat(got).containsExactly("secret");
        assertThat(asked).contains("fetch 1");
    }

    @Test
    void pauseAndResume_elsewhere_areThoseOfThePlainConsumer() throws Exception {
        onContext(() -> {
            SecuredConsumer<Object> elsewhere = consumer("nowhere", member, 1);
            assertThat(elsewhere.pause()).isSameAs(elsewhere);
            assertThat(elsewhere.resume()).isSameAs(elsewhere);
        });
        assertThat(asked).containsExactly("pause", "fetch " + Long.MAX_VALUE);
    }

    @Test
    void restOfIt_isThatOfThePlainConsumer() throws Exception {
        assertThat(consumer.exceptionHandler(e -> {})).isSameAs(consumer);
        assertThat(consumer.address()).isEqualTo(ADDRESS);
        assertThat(consumer.isRegistered()).isTrue();
        registered = false;
        assertThat(consumer.isRegistered()).isFalse();
        assertThat(consumer.bodyStream()).isNotNull();
        assertThat(consumer.completion().succeeded()).isTrue();
        assertThat(asked).containsExactly("exceptionHandler", "completion");
    }
}

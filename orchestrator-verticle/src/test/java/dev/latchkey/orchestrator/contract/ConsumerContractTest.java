// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Consumers: how they begin, how they end, and what they say of themselves. */
class ConsumerContractTest extends BusContract {
    /** Short, because a node that has not heard of an unregistration yet sends into the void. */
    private static final DeliveryOptions SHORT = new DeliveryOptions().setSendTimeout(200);

    private final List<String> bodies = new CopyOnWriteArrayList<>();

    private MessageConsumer<String> recorder() {
        return consume(message -> {
            bodies.add(message.body());
            message.reply("recorded");
        });
    }

    private void assertAnswered(EventBus bus) {
        assertThat(await(bus.request(address, "x")).body()).isNotNull();
    }

    private void assertNobodyListens(EventBus bus) {
        assertThat(failure(bus.request(address, "x", SHORT)))
                .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(refusal.failureType())
                        .isEqualTo(ReplyFailure.NO_HANDLERS));
    }

    private void awaitThatNobodyListens() {
        await().untilAsserted(() -> assertNobodyListens(sender));
    }

    /** Returns once what was sent before has reached the receiver. */
    private void settle() {
        String at = freshAddress();
        consume(receiver, at, message -> message.reply("settled"));
        await(sender.request(at, "x"));
    }

    @Test
    void consumer_withAHandler_receives() {
        registered(receiver.<String>consumer(address, message -> message.reply("x")));
        assertAnswered(sender);
    }

    @Test
    void consumer_givenItsHandlerLater_receives() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        registered(consumer.handler(message -> message.reply("x")));
        assertAnswered(sender);
    }

    @Test
    void consumer_withOptions_receives() {
        MessageConsumer<String> consumer = receiver.consumer(new MessageConsumerOptions().setAddress(address));
        registered(consumer.handler(message -> message.reply("x")));
        assertAnswered(sender);
    }

    @Test
    void consumer_withOptionsAndAHandler_receives() {
        registered(receiver.<String>consumer(
                new MessageConsumerOptions().setAddress(address), message -> message.reply("x")));
        assertAnswered(sender);
    }

    @Test
    void consumer_withoutAnAddress_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> receiver.consumer((String) null));
        assertThatNullPointerException().isThrownBy(() -> receiver.localConsumer(null));
        assertThatIllegalArgumentException().isThrownBy(() -> receiver.consumer(new MessageConsumerOptions()));
    }

    @Test
    void consumer_withANullHandler_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> receiver.consumer(address, null));
        assertThatNullPointerException().isThrownBy(() -> receiver.localConsumer(address, null));
        assertThatNullPointerException()
                .isThrownBy(() -> receiver.consumer(new MessageConsumerOptions().setAddress(address), null));
    }

    @Test
    void localConsumer_isSeenByItsOwnNodeOnly() {
        registered(receiver.<String>localConsumer(address, message -> message.reply("x")));
        assertAnswered(receiver);
        if (kind.clustered) {
            assertNobodyListens(sender);
        } else {
            assertAnswered(sender);
        }
    }

    @Test
    void consumer_withLocalOnlyOptions_isSeenByItsOwnNodeOnly() {
        MessageConsumerOptions options =
                new MessageConsumerOptions().setAddress(address).setLocalOnly(true);
        registered(receiver.<String>consumer(options, message -> message.reply("x")));
        assertAnswered(receiver);
        if (kind.clustered) {
            assertNobodyListens(sender);
        } else {
            assertAnswered(sender);
        }
    }

    @Test
    void address_isTheOneAskedFor() {
        assertThat(receiver.consumer(address).address()).isEqualTo(address);
        assertThat(receiver.localConsumer(address).address()).isEqualTo(address);
        assertThat(recorder().address()).isEqualTo(address);
    }

    @Test
    void consumer_withoutAHandler_isNotRegistered() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        assertThat(consumer.isRegistered()).isFalse();
        assertThat(consumer.completion().isComplete()).isFalse();
        assertNobodyListens(sender);
    }

    @Test
    void consumer_withAHandler_isRegistered() {
        MessageConsumer<String> consumer = recorder();
        assertThat(consumer.isRegistered()).isTrue();
        assertThat(consumer.completion().succeeded()).isTrue();
    }

    @Test
    void completion_askedForBeforeTheHandler_succeedsWithIt() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        Future<Void> completion = consumer.completion();
        registered(consumer.handler(message -> {}));
        await(completion);
    }

    @Test
    void completion_afterUnregistering_isOpenAgain() {
        MessageConsumer<String> consumer = recorder();
        Future<Void> first = consumer.completion();
        await(consumer.unregister());
        assertThat(first.succeeded()).isTrue();
        assertThat(consumer.completion().isComplete()).isFalse();
    }

    @Test
    void unregister_stopsDelivery() {
        MessageConsumer<String> consumer = recorder();
        assertAnswered(sender);
        await(consumer.unregister());
        assertThat(consumer.isRegistered()).isFalse();
        awaitThatNobodyListens();
        assertThat(bodies).hasSize(1);
    }

    @Test
    void unregister_twice_succeeds() {
        MessageConsumer<String> consumer = recorder();
        await(consumer.unregister());
        await(consumer.unregister());
        awaitThatNobodyListens();
    }

    @Test
    void unregister_ofOneConsumer_leavesTheOthers() {
        MessageConsumer<String> consumer = consume(message -> message.reply("leaving"));
        recorder();
        await(consumer.unregister());
        assertAnswered(sender);
        assertAnswered(sender);
        assertThat(bodies).hasSize(2);
    }

    @Test
    void unregister_inTheHandler_endsAfterThatMessage() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        consumer.handler(message -> {
            bodies.add(message.body());
            consumer.unregister();
        });
        registered(consumer);
        sender.send(address, "first").send(address, "second").send(address, "third");
        awaitThatNobodyListens();
        assertThat(bodies).containsExactly("first");
    }

    @Test
    void handler_null_unregisters() {
        MessageConsumer<String> consumer = recorder();
        assertThat(consumer.handler(null)).isSameAs(consumer);
        assertThat(consumer.isRegistered()).isFalse();
        awaitThatNobodyListens();
    }

    @Test
    void handler_afterUnregistering_registersAgain() {
        MessageConsumer<String> consumer = recorder();
        await(consumer.unregister());
        consumer.handler(message -> {});
        await(consumer.completion());
        assertThat(consumer.isRegistered()).isTrue();
    }

    @Test
    void handler_givenAnew_replacesTheOld() {
        MessageConsumer<String> consumer = recorder();
        assertAnswered(sender);
        consumer.handler(message -> message.reply("replaced"));
        assertThat(await(sender.request(address, "x")).body()).isEqualTo("replaced");
        assertThat(bodies).hasSize(1);
        assertThat(consumer.isRegistered()).isTrue();
    }

    @Test
    void endHandler_runsOnceUponUnregistering() {
        AtomicInteger ends = new AtomicInteger();
        MessageConsumer<String> consumer = recorder().endHandler(end -> ends.incrementAndGet());
        assertAnswered(sender);
        assertThat(ends).hasValue(0);
        await(consumer.unregister());
        await().untilAtomic(ends, is(1));
        settle();
        assertThat(ends).hasValue(1);
    }

    @Test
    void endHandler_takenBack_doesNotRun() {
        AtomicInteger ends = new AtomicInteger();
        MessageConsumer<String> consumer = recorder().endHandler(end -> ends.incrementAndGet());
        await(consumer.endHandler(null).unregister());
        settle();
        assertThat(ends).hasValue(0);
    }

    @Test
    void exceptionHandler_isAccepted() {
        MessageConsumer<String> consumer = recorder();
        assertThat(consumer.exceptionHandler(failure -> {})).isSameAs(consumer);
        assertThat(consumer.exceptionHandler(null)).isSameAs(consumer);
        assertAnswered(sender);
    }

    @Test
    void setters_returnTheConsumer() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        assertThat(consumer.handler(message -> {})).isSameAs(consumer);
        assertThat(consumer.endHandler(end -> {})).isSameAs(consumer);
        assertThat(consumer.pause()).isSameAs(consumer);
        assertThat(consumer.fetch(1)).isSameAs(consumer);
        assertThat(consumer.resume()).isSameAs(consumer);
        registered(consumer);
    }

    @Test
    void verticle_withTwoConsumers_receivesAtBoth() {
        String second = freshAddress();
        Deployable verticle = context -> Future.all(
                receiver.consumer(address, message -> message.reply("first")).completion(),
                receiver.consumer(second, message -> message.reply("second")).completion());
        String deployment = await(receiverVertx.deployVerticle(verticle));
        assertThat(await(sender.request(address, "x")).body()).isEqualTo("first");
        assertThat(await(sender.request(second, "x")).body()).isEqualTo("second");
        await(receiverVertx.undeploy(deployment));
    }

    @Test
    void undeploying_unregistersTheVerticlesConsumers() {
        List<MessageConsumer<String>> made = new CopyOnWriteArrayList<>();
        Deployable verticle = context -> {
            made.add(receiver.consumer(address, message -> message.reply("x")));
            made.add(receiver.consumer(address, message -> message.reply("x")));
            return Future.all(made.get(0).completion(), made.get(1).completion());
        };
        String deployment = await(receiverVertx.deployVerticle(verticle));
        assertAnswered(sender);
        await(receiverVertx.undeploy(deployment));
        assertThat(made).noneMatch(MessageConsumer::isRegistered);
        awaitThatNobodyListens();
    }

    @Test
    void undeploying_leavesConsumersOfOthers() {
        recorder();
        Deployable verticle = context ->
                receiver.consumer(address, message -> message.reply("x")).completion();
        await(receiverVertx.undeploy(await(receiverVertx.deployVerticle(verticle))));
        assertAnswered(sender);
        assertAnswered(sender);
        assertThat(bodies).hasSize(2);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.MessageConsumerOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Consumers that are paused, that fetch, that overflow, and that are read as streams. */
class BackPressureContractTest extends BusContract {
    private final List<String> bodies = new CopyOnWriteArrayList<>();

    /** A paused consumer that notes what it delivers, and answers it. */
    private MessageConsumer<String> paused() {
        return paused(receiver.consumer(address));
    }

    private MessageConsumer<String> paused(int maxBufferedMessages) {
        return paused(receiver.consumer(
                new MessageConsumerOptions().setAddress(address).setMaxBufferedMessages(maxBufferedMessages)));
    }

    private MessageConsumer<String> paused(MessageConsumer<String> consumer) {
        return registered(consumer.pause().handler(message -> {
            bodies.add(message.body());
            message.reply("delivered " + message.body());
        }));
    }

    private void send(String... messages) {
        for (String message : messages) {
            sender.send(address, message);
        }
    }

    /** Returns once what was sent before has reached the receiver. */
    private void settle() {
        String at = freshAddress();
        consume(receiver, at, message -> message.reply("settled"));
        await(sender.request(at, "x"));
    }

    private void assertBodies(String... expected) {
        assertThat(bodies).containsExactly(expected);
    }

    private void awaitBodies(String... expected) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(() -> assertBodies(expected));
    }

    /** A send timeout is longer than a test waits: it is the discarding that fails the request. */
    private static void assertDiscarded(Future<?> request) {
        assertThat(failure(request))
                .isInstanceOfSatisfying(ReplyException.class, discarded -> assertThat(discarded.failureType())
                        .isEqualTo(ReplyFailure.TIMEOUT));
    }

    @Test
    void pause_holdsMessages_resumeDeliversThemInOrder() {
        MessageConsumer<String> consumer = paused();
        send("1", "2", "3");
        settle();
        assertThat(bodies).isEmpty();
        consumer.resume();
        awaitBodies("1", "2", "3");
    }

    @Test
    void pause_afterSomeMessages_holdsTheRest() {
        MessageConsumer<String> consumer = paused();
        consumer.resume();
        send("1");
        awaitBodies("1");
        consumer.pause();
        send("2", "3");
        settle();
        assertBodies("1");
        consumer.resume();
        send("4");
        awaitBodies("1", "2", "3", "4");
    }

    @Test
    void pause_ofOneConsumer_leavesTheOthers() {
        MessageConsumer<String> consumer = paused();
        List<String> other = new CopyOnWriteArrayList<>();
        this.<String>consume(message -> other.add(message.body()));
        sender.publish(address, "1").publish(address, "2");
        await().untilAsserted(() -> assertThat(other).containsExactly("1", "2"));
        assertThat(bodies).isEmpty();
        consumer.resume();
        awaitBodies("1", "2");
    }

    @Test
    void pause_holdsARequest_untilItIsResumed() {
        MessageConsumer<String> consumer = paused();
        Future<Object> answer = sender.request(address, "1").map(reply -> reply.body());
        settle();
        assertThat(answer.isComplete()).isFalse();
        consumer.resume();
        assertThat(await(answer)).isEqualTo("delivered 1");
    }

    @Test
    void pause_inTheHandler_holdsTheNextMessage() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        registered(consumer.handler(message -> {
            consumer.pause();
            bodies.add(message.body());
        }));
        send("1", "2", "3");
        awaitBodies("1");
        settle();
        assertBodies("1");
        consumer.resume();
        awaitBodies("1", "2");
        consumer.resume();
        awaitBodies("1", "2", "3");
    }

    @Test
    void resume_fromAnotherThread_delivers() {
        MessageConsumer<String> consumer = paused();
        send("1", "2");
        settle();
        new Thread(consumer::resume).start();
        awaitBodies("1", "2");
    }

    @Test
    void fetch_deliversThatMany() {
        MessageConsumer<String> consumer = paused();
        send("1", "2", "3", "4", "5");
        settle();
        consumer.fetch(2);
        awaitBodies("1", "2");
        settle();
        assertBodies("1", "2");
        consumer.fetch(1);
        awaitBodies("1", "2", "3");
        consumer.resume();
        awaitBodies("1", "2", "3", "4", "5");
    }

    @Test
    void fetch_beforeMessages_isRemembered() {
        MessageConsumer<String> consumer = paused().fetch(2);
        send("1", "2", "3");
        awaitBodies("1", "2");
        settle();
        assertBodies("1", "2");
        consumer.resume();
        awaitBodies("1", "2", "3");
    }

    @Test
    void fetch_severalTimes_addsUp() {
        MessageConsumer<String> consumer = paused().fetch(1).fetch(2);
        send("1", "2", "3", "4");
        awaitBodies("1", "2", "3");
        settle();
        assertBodies("1", "2", "3");
        consumer.resume();
        awaitBodies("1", "2", "3", "4");
    }

    @Test
    void pause_forgetsWhatWasFetched() {
        MessageConsumer<String> consumer = paused().fetch(2).pause().fetch(1);
        send("1", "2");
        awaitBodies("1");
        settle();
        assertBodies("1");
        consumer.resume();
        awaitBodies("1", "2");
    }

    @Test
    void fetch_inTheHandler_pullsOneByOne() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        registered(consumer.pause().fetch(1).handler(message -> {
            bodies.add(message.body());
            consumer.fetch(1);
        }));
        send("1", "2", "3");
        awaitBodies("1", "2", "3");
    }

    @Test
    void fetch_ofLessThanNothing_isRefused() {
        MessageConsumer<String> consumer = paused();
        assertThatIllegalArgumentException().isThrownBy(() -> consumer.fetch(-1));
    }

    @Test
    void overflow_discardsARequest() {
        MessageConsumer<String> consumer = paused(2);
        send("1", "2");
        assertDiscarded(sender.request(address, "3"));
        consumer.resume();
        awaitBodies("1", "2");
    }

    @Test
    void overflow_discardsWhatWasSent() {
        MessageConsumer<String> consumer = paused(2);
        send("1", "2", "3", "4");
        assertDiscarded(sender.request(address, "5"));
        consumer.resume();
        awaitBodies("1", "2");
        settle();
        assertBodies("1", "2");
    }

    @Test
    void overflow_endsOnceTheConsumerCatchesUp() {
        MessageConsumer<String> consumer = paused(2);
        send("1", "2");
        assertDiscarded(sender.request(address, "3"));
        consumer.resume();
        awaitBodies("1", "2");
        assertThat(await(sender.request(address, "4")).body()).isEqualTo("delivered 4");
    }

    @Test
    void overflow_whenNothingElseIsSaid_comesAfterAThousand() {
        MessageConsumer<String> consumer = paused();
        for (int i = 0; i < MessageConsumerOptions.DEFAULT_MAX_BUFFERED_MESSAGES; i++) {
            send("x");
        }
        assertDiscarded(sender.request(address, "one too many"));
        consumer.resume();
        await().untilAsserted(() -> assertThat(bodies).hasSize(1000).containsOnly("x"));
    }

    @Test
    void unregister_whilePaused_discardsTheRequestsHeld() {
        MessageConsumer<String> consumer = paused().fetch(1);
        await(sender.request(address, "1"));
        Future<?> second = sender.request(address, "2");
        Future<?> third = sender.request(address, "3");
        settle();
        await(consumer.unregister());
        assertDiscarded(second);
        assertDiscarded(third);
        assertThat(bodies).containsExactly("1");
    }

    @Test
    void resume_afterUnregistering_deliversNothing() {
        MessageConsumer<String> consumer = paused();
        send("1", "2");
        settle();
        await(consumer.unregister());
        consumer.resume();
        settle();
        assertThat(bodies).isEmpty();
    }

    @Test
    void bodyStream_deliversBodies() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        consumer.bodyStream().handler(bodies::add);
        registered(consumer);
        send("1", "2");
        awaitBodies("1", "2");
    }

    @Test
    void bodyStream_pausesAndResumesItsConsumer() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        ReadStream<String> stream = consumer.bodyStream().pause().handler(bodies::add);
        registered(consumer);
        send("1", "2", "3");
        settle();
        assertThat(bodies).isEmpty();
        stream.resume();
        awaitBodies("1", "2", "3");
    }

    @Test
    void bodyStream_fetchesThatMany() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        ReadStream<String> stream = consumer.bodyStream().pause().handler(bodies::add);
        registered(consumer);
        send("1", "2", "3");
        stream.fetch(2);
        awaitBodies("1", "2");
        settle();
        assertBodies("1", "2");
    }

    @Test
    void bodyStream_endsWhenItsConsumerIsUnregistered() {
        AtomicInteger ends = new AtomicInteger();
        MessageConsumer<String> consumer = receiver.consumer(address);
        consumer.bodyStream().endHandler(end -> ends.incrementAndGet()).handler(bodies::add);
        registered(consumer);
        await(consumer.unregister());
        await().untilAsserted(() -> assertThat(ends).hasValue(1));
    }

    @Test
    void bodyStream_withoutAHandler_unregistersItsConsumer() {
        MessageConsumer<String> consumer = receiver.consumer(address);
        ReadStream<String> stream = consumer.bodyStream().handler(bodies::add);
        registered(consumer);
        stream.handler(null);
        assertThat(consumer.isRegistered()).isFalse();
    }

    @Test
    void pipeTo_writesBodies_andEndsWithTheConsumer() {
        Sink sink = new Sink();
        MessageConsumer<String> consumer = receiver.consumer(address);
        Future<Void> piped = consumer.bodyStream().pipeTo(sink);
        registered(consumer);
        send("1", "2", "3");
        await().untilAsserted(() -> assertThat(sink.written).containsExactly("1", "2", "3"));
        await(consumer.unregister());
        await(piped);
        assertThat(sink.ended.future().succeeded()).isTrue();
    }

    @Test
    void pipeTo_waitsForAFullSink() {
        Sink sink = new Sink();
        sink.full = true;
        MessageConsumer<String> consumer = receiver.consumer(address);
        consumer.bodyStream().pipeTo(sink);
        registered(consumer);
        send("1", "2", "3");
        settle();
        await().untilAsserted(() -> assertThat(sink.written).containsExactly("1"));
        sink.drained();
        await().untilAsserted(() -> assertThat(sink.written).containsExactly("1", "2", "3"));
    }

    /** Takes what is written, and is full when a case says so. */
    private static final class Sink implements WriteStream<String> {
        final List<String> written = new CopyOnWriteArrayList<>();
        final Promise<Void> ended = Promise.promise();
        private final List<Handler<Void>> drains = new CopyOnWriteArrayList<>();
        volatile boolean full;

        /** Waits for the writer to have noticed that this was full. */
        void drained() {
            await().until(() -> !drains.isEmpty());
            full = false;
            drains.get(0).handle(null);
        }

        @Override
        public Future<Void> write(String data) {
            written.add(data);
            return Future.succeededFuture();
        }

        @Override
        public Future<Void> end() {
            ended.complete();
            return ended.future();
        }

        @Override
        public boolean writeQueueFull() {
            return full;
        }

        @Override
        public WriteStream<String> drainHandler(@Nullable Handler<Void> handler) {
            if (handler != null) {
                drains.add(handler);
            }
            return this;
        }

        @Override
        public WriteStream<String> exceptionHandler(@Nullable Handler<Throwable> handler) {
            return this;
        }

        @Override
        public WriteStream<String> setWriteQueueMaxSize(int maxSize) {
            return this;
        }
    }
}

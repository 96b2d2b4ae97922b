// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Producers: what they write, to whom, and how a write ends. */
class ProducerContractTest extends BusContract {
    private static final DeliveryOptions RED = new DeliveryOptions().addHeader("colour", "red");
    private static final DeliveryOptions BLUE = new DeliveryOptions().addHeader("colour", "blue");
    private static final DeliveryOptions LOCAL_ONLY = new DeliveryOptions().setLocalOnly(true);

    private final List<Message<Object>> messages = new CopyOnWriteArrayList<>();

    private void record() {
        consume(messages::add);
    }

    private void awaitBodies(Object... expected) {
        await().untilAsserted(
                        () -> assertThat(messages).extracting(Message::body).containsExactly(expected));
    }

    private void awaitColours(String... expected) {
        await().untilAsserted(() -> assertThat(messages)
                .extracting(message -> message.headers().get("colour"))
                .containsExactly(expected));
    }

    private static void assertNobodyListened(Future<Void> write) {
        assertThat(failure(write))
                .isInstanceOfSatisfying(ReplyException.class, refusal -> assertThat(refusal.failureType())
                        .isEqualTo(ReplyFailure.NO_HANDLERS));
    }

    @Test
    void sender_writesToOneConsumer() {
        record();
        record();
        await(sender.<String>sender(address).write("sent"));
        await(sender.<String>publisher(address).write("end"));
        await().untilAsserted(() -> assertThat(messages).hasSize(3));
        assertThat(messages)
                .filteredOn(message -> message.body().equals("sent"))
                .hasSize(1);
    }

    @Test
    void publisher_writesToAllConsumers() {
        record();
        record();
        await(sender.<String>publisher(address).write("x"));
        awaitBodies("x", "x");
    }

    @Test
    void sender_withOptions_carriesTheirHeaders() {
        record();
        await(sender.<String>sender(address, RED).write("x"));
        awaitColours("red");
    }

    @Test
    void publisher_withOptions_carriesTheirHeaders() {
        record();
        await(sender.<String>publisher(address, RED).write("x"));
        awaitColours("red");
    }

    @Test
    void sender_writesWhatLooksSent() {
        record();
        await(sender.<String>sender(address).write("x"));
        await().untilAsserted(() -> assertThat(messages).hasSize(1));
        assertThat(messages.get(0).isSend()).isTrue();
        assertThat(messages.get(0).address()).isEqualTo(address);
        assertThat(messages.get(0).replyAddress()).isNull();
    }

    @Test
    void publisher_writesWhatLooksPublished() {
        record();
        await(sender.<String>publisher(address).write("x"));
        await().untilAsserted(() -> assertThat(messages).hasSize(1));
        assertThat(messages.get(0).isSend()).isFalse();
        assertThat(messages.get(0).replyAddress()).isNull();
    }

    @Test
    void sender_withoutConsumers_failsTheWrite() {
        assertNobodyListened(sender.<String>sender(address).write("x"));
    }

    @Test
    void publisher_withoutConsumers_failsTheWrite() {
        assertNobodyListened(sender.<String>publisher(address).write("x"));
    }

    @Test
    void sender_localOnly_reachesItsOwnNodeOnly() {
        record();
        Future<Void> write = sender.<String>sender(address, LOCAL_ONLY).write("x");
        if (kind.clustered) {
            assertNobodyListened(write);
        } else {
            await(write);
            awaitBodies("x");
        }
    }

    @Test
    void publisher_localOnly_reachesItsOwnNodeOnly() {
        record();
        Future<Void> write = sender.<String>publisher(address, LOCAL_ONLY).write("x");
        if (kind.clustered) {
            assertNobodyListened(write);
        } else {
            await(write);
            awaitBodies("x");
        }
    }

    @Test
    void deliveryOptions_applyToLaterWrites() {
        record();
        MessageProducer<String> producer = sender.sender(address, RED);
        await(producer.write("1"));
        assertThat(producer.deliveryOptions(BLUE)).isSameAs(producer);
        await(producer.write("2"));
        awaitColours("red", "blue");
    }

    @Test
    void address_isTheOneAskedFor() {
        assertThat(sender.sender(address).address()).isEqualTo(address);
        assertThat(sender.sender(address, RED).address()).isEqualTo(address);
        assertThat(sender.publisher(address).address()).isEqualTo(address);
        assertThat(sender.publisher(address, RED).address()).isEqualTo(address);
    }

    @Test
    void close_succeeds() {
        await(sender.sender(address).close());
        await(sender.publisher(address).close());
    }

    @Test
    void write_afterClosing_isStillDelivered() {
        record();
        MessageProducer<String> producer = sender.sender(address);
        await(producer.close());
        await(producer.write("x"));
        awaitBodies("x");
    }

    @Test
    void write_withoutABody_deliversNull() {
        record();
        await(sender.<String>sender(address).write(null));
        await().untilAsserted(() -> assertThat(messages).hasSize(1));
        assertThat(messages.get(0).body()).isNull();
    }

    @Test
    void writes_arriveInOrder() {
        record();
        MessageProducer<Integer> producer = sender.sender(address);
        List<Future<Void>> writes =
                IntStream.range(0, 500).mapToObj(producer::write).toList();
        await(Future.all(writes));
        awaitBodies(IntStream.range(0, 500).boxed().toArray());
    }

    @Test
    void write_completesOnTheWritersContext() {
        record();
        Context context = senderVertx.getOrCreateContext();
        Promise<Context> completed = Promise.promise();
        context.runOnContext(run -> sender.<String>sender(address)
                .write("x")
                .onComplete(written -> completed.complete(Vertx.currentContext())));
        assertThat(await(completed.future())).isSameAs(context);
    }

    @Test
    void producer_withoutAnAddressOrOptions_isRefused() {
        assertThatNullPointerException().isThrownBy(() -> sender.sender(null));
        assertThatNullPointerException().isThrownBy(() -> sender.publisher(null));
        assertThatNullPointerException().isThrownBy(() -> sender.sender(address, null));
        assertThatNullPointerException().isThrownBy(() -> sender.publisher(address, null));
    }
}

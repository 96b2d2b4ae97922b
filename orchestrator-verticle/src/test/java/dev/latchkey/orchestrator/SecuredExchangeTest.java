// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageCodec;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a user does with the bus, on one node and on two: the same cases, the same results. */
class SecuredExchangeTest {

    @Nested
    class OnOneNode extends Cases {
        @Override
        Topology topology() {
            return Topology.local();
        }
    }

    @Nested
    class OnTwoClusteredNodes extends Cases {
        @Override
        Topology topology() {
            return Topology.clustered(2);
        }
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract static class Cases {
        private final Realm realm = Realm.create();
        private Topology topology;
        private SecureEventBus caller;
        private SecureEventBus greeter;

        abstract Topology topology();

        @BeforeAll
        void start() {
            topology = topology();
            realm.deployOrchestrator(topology.node(0));
        }

        @AfterAll
        void stop() {
            topology.close();
        }

        @BeforeEach
        void join() {
            caller = realm.join(topology.node(0), "caller");
            greeter = realm.join(topology.node(1), "greeter");
        }

        @AfterEach
        void leave() {
            await(caller.leave());
            await(greeter.leave());
        }

        private <T> MessageConsumer<T> greet(io.vertx.core.Handler<Message<T>> handler) {
            MessageConsumer<T> consumer = greeter.consumer("greeting.hello", handler);
            await(consumer.completion());
            return consumer;
        }

        @Test
        void request_ofAnInvitedCaller_isAnswered() {
            this.<String>greet(message -> message.reply("Hello " + message.body()));
            assertThat(await(caller.<String>request("greeting.hello", "Ada")).body())
                    .isEqualTo("Hello Ada");
        }

        @Test
        void request_onAPatternsAddress_isAnswered() {
            await(greeter.<String>consumer("greeting.room.7", m -> m.reply(m.body()))
                    .completion());
            assertThat(await(caller.request("greeting.room.7", "x")).body()).isEqualTo("x");
        }

        @Test
        void headers_travelSealedWithTheBody_andMayRepeat() {
            greet(message -> message.reply(new JsonArray(message.headers().getAll("colour"))));
            DeliveryOptions options =
                    new DeliveryOptions().addHeader("colour", "red").addHeader("colour", "blue");
            Object answer =
                    await(caller.request("greeting.hello", "x", options)).body();
            assertThat(answer).isEqualTo(new JsonArray(List.of("red", "blue")));
        }

        @Test
        void bodies_ofEverySystemType_arriveAsTheyWere() {
            greet(message -> message.reply(message.body()));
            List<Object> bodies = List.of(
                    "text",
                    1,
                    2L,
                    3.0f,
                    4.0,
                    true,
                    (short) 5,
                    'c',
                    (byte) 6,
                    Buffer.buffer("b"),
                    new JsonObject().put("a", 1),
                    new JsonArray().add("z"));
            for (Object body : bodies) {
                assertThat(await(caller.request("greeting.hello", body)).body()).isEqualTo(body);
            }
            assertThat((byte[]) await(caller.request("greeting.hello", new byte[] {1, 2}))
                            .body())
                    .containsExactly(1, 2);
            assertThat(await(caller.request("greeting.hello", null)).body()).isNull();
        }

        @Test
        void userCodec_byName_isUsedInside() {
            topology.node(0).eventBus().registerCodec(new PointCodec());
            if (topology.node(1) != topology.node(0)) {
                topology.node(1).eventBus().registerCodec(new PointCodec());
            }
            this.<Point>greet(
                    message -> message.reply(message.body().x() + message.body().y()));
            DeliveryOptions options = new DeliveryOptions().setCodecName("point");
            assertThat(await(caller.request("greeting.hello", new Point(3, 4), options))
                            .body())
                    .isEqualTo(7);
            topology.node(0).eventBus().unregisterCodec("point");
            topology.node(1).eventBus().unregisterCodec("point");
        }

        @Test
        void replyAndRequest_goesBackAndForth() {
            this.<String>greet(message -> message.<String>replyAndRequest("name?")
                    .onSuccess(answer -> answer.reply("Hello " + answer.body())));
            String answer = await(caller.<String>request("greeting.hello", "")
                            .compose(question -> question.<String>replyAndRequest("Grace")))
                    .body();
            assertThat(answer).isEqualTo("Hello Grace");
        }

        @Test
        void fail_reachesTheCallerWithCodeAndText() {
            greet(message -> message.fail(42, "not today"));
            ReplyException failure = (ReplyException) failure(caller.request("greeting.hello", "x"));
            assertThat(failure.failureCode()).isEqualTo(42);
            assertThat(failure.getMessage()).isEqualTo("not today");
            assertThat(failure.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        }

        @Test
        void send_andProducer_arriveInOrder() {
            List<Object> got = new CopyOnWriteArrayList<>();
            greet(message -> got.add(message.body()));
            caller.send("greeting.hello", 1);
            await(caller.<Integer>sender("greeting.hello").write(2));
            caller.send("greeting.hello", 3);
            await().untilAsserted(() -> assertThat(got).containsExactly(1, 2, 3));
        }

        @Test
        void publish_reachesEachHandlerOnce() {
            List<Object> got = new CopyOnWriteArrayList<>();
            greet(message -> got.add("a" + message.body()));
            greet(message -> got.add("b" + message.body()));
            caller.publish("greeting.hello", 1);
            await(caller.<Integer>publisher("greeting.hello").write(2));
            await().untilAsserted(() -> assertThat(got).containsExactlyInAnyOrder("a1", "b1", "a2", "b2"));
        }

        @Test
        void bodyStream_givesBodies() {
            List<Object> got = new CopyOnWriteArrayList<>();
            MessageConsumer<Object> consumer = greeter.consumer("greeting.hello");
            consumer.bodyStream().handler(got::add);
            await(consumer.completion());
            caller.send("greeting.hello", "one");
            await().untilAsserted(() -> assertThat(got).containsExactly("one"));
        }

        @Test
        void request_withoutHandlers_failsAtOnce() {
            ReplyException failure = (ReplyException) failure(caller.request("greeting.hello", "x"));
            assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
        }

        @Test
        void request_thatNobodyAnswers_timesOut() {
            greet(message -> {});
            DeliveryOptions options = new DeliveryOptions().setSendTimeout(100);
            ReplyException failure = (ReplyException) failure(caller.request("greeting.hello", "x", options));
            assertThat(failure.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        }

        @Test
        void unsecuredAddress_behavesAsOnThePlainBus() {
            await(greeter.<String>consumer("elsewhere", m -> m.reply("re " + m.body()))
                    .completion());
            assertThat(await(caller.request("elsewhere", "x")).body()).isEqualTo("re x");
            assertThat(await(topology.node(0).eventBus().request("elsewhere", "y"))
                            .body())
                    .isEqualTo("re y");
        }

        @Test
        void request_thatPolicyDoesNotAllow_isDeniedWithTheReason() {
            Throwable failure = failure(caller.request("counting", 1));
            assertThat(failure).isInstanceOf(DeniedException.class);
            assertThat(((DeniedException) failure).reason()).isEqualTo(DenialReason.NOT_INVITED);
        }

        @Test
        void send_thatPolicyDoesNotAllow_throws() {
            assertThatThrownBy(() -> caller.send("counting", 1)).isInstanceOf(DeniedException.class);
            assertThatThrownBy(() -> caller.publish("counting", 1)).isInstanceOf(DeniedException.class);
            assertThat(failure(caller.sender("counting").write(1))).isInstanceOf(DeniedException.class);
        }

        @Test
        void consumer_thatPolicyDoesNotAllow_isNotRegistered() {
            MessageConsumer<Object> consumer = caller.consumer("greeting.hello", message -> {});
            assertThat(failure(consumer.completion())).isInstanceOf(DeniedException.class);
            assertThat(consumer.isRegistered()).isFalse();
        }

        @Test
        void plaintextFromTheSameJvm_isRefusedBeforeItLeaves() {
            List<Object> got = new CopyOnWriteArrayList<>();
            greet(message -> got.add(message.body()));
            Throwable failure = failure(topology.node(0).eventBus().request("greeting.hello", "x"));
            assertThat(((ReplyException) failure).failureCode()).isEqualTo(DenialReason.PLAINTEXT.code());
            assertThat(got).isEmpty();
        }

        @Test
        void leave_endsSendingAndReceiving() {
            greet(message -> message.reply("x"));
            await(greeter.leave());
            await(greeter.leave());
            assertThat(((ReplyException) failure(caller.request("greeting.hello", "x"))).failureType())
                    .isEqualTo(ReplyFailure.NO_HANDLERS);
            await(caller.leave());
            DeniedException denied = (DeniedException) failure(caller.request("greeting.hello", "x"));
            assertThat(denied.reason()).isEqualTo(DenialReason.LEFT);
        }

        @Test
        void body_thatItsCodecCannotWrite_failsTheRequestAndNoOther() {
            this.<String>greet(message -> message.reply(message.body()));
            topology.node(0).eventBus().registerCodec(new BrokenCodec());
            DeliveryOptions broken = new DeliveryOptions().setCodecName("broken");
            Throwable failure = failure(caller.request("greeting.hello", new Point(1, 1), broken));
            assertThat(((DeniedException) failure).reason()).isEqualTo(DenialReason.UNWRITABLE_BODY);
            assertThat(failure.getCause()).hasMessage("broken");
            assertThat(await(caller.request("greeting.hello", "next")).body()).isEqualTo("next");
            topology.node(0).eventBus().unregisterCodec("broken");
        }
    }

    record Point(int x, int y) {}

    static final class PointCodec implements MessageCodec<Point, Point> {
        @Override
        public void encodeToWire(Buffer buffer, Point point) {
            buffer.appendInt(point.x()).appendInt(point.y());
        }

        @Override
        public Point decodeFromWire(int position, Buffer buffer) {
            return new Point(buffer.getInt(position), buffer.getInt(position + 4));
        }

        @Override
        public Point transform(Point point) {
            return point;
        }

        @Override
        public String name() {
            return "point";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }

    static final class BrokenCodec implements MessageCodec<Point, Point> {
        @Override
        public void encodeToWire(Buffer buffer, Point point) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Point decodeFromWire(int position, Buffer buffer) {
            throw new IllegalStateException("broken");
        }

        @Override
        public Point transform(Point point) {
            throw new IllegalStateException("broken");
        }

        @Override
        public String name() {
            return "broken";
        }

        @Override
        public byte systemCodecID() {
            return -1;
        }
    }
}

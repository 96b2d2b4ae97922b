// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies of every type that the bus carries without a codec of the application's, and the others. */
class BodiesContractTest extends BusContract {
    /** One of each type. */
    private static final List<Object> TYPES = List.of(
            "Ada",
            Buffer.buffer("Ada"),
            new JsonObject().put("name", "Ada"),
            new JsonArray().add("Ada"),
            new byte[] {1, 2},
            1,
            2L,
            3.5f,
            4.5,
            true,
            (short) 5,
            'c',
            (byte) 6);

    static List<Object> bodies() {
        return List.of(
                "",
                "žluťoučký кот 漢字 😀 \u0000",
                "x".repeat(100_000),
                Buffer.buffer(),
                Buffer.buffer(bytes(300_000)),
                new JsonObject(),
                new JsonArray(),
                new JsonArray().add(1).addNull().add("two").add(new JsonArray().add(true)),
                new byte[0],
                bytes(256),
                List.of(Integer.MIN_VALUE, Integer.MAX_VALUE),
                List.of(Long.MIN_VALUE, Long.MAX_VALUE),
                List.of(Float.MIN_VALUE, -0.0f, Float.NaN, Float.NEGATIVE_INFINITY),
                List.of(Double.MIN_VALUE, -0.0, Double.NaN, Double.POSITIVE_INFINITY),
                List.of(true, false),
                List.of(Short.MIN_VALUE, Short.MAX_VALUE),
                List.of(Character.MIN_VALUE, 'ž', Character.MAX_VALUE),
                List.of(Byte.MIN_VALUE, (byte) 0, Byte.MAX_VALUE));
    }

    /** A list stands for the values in it, one message each. */
    @ParameterizedTest
    @MethodSource("bodies")
    void request_carriesBodyThereAndBack(Object body) {
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> {
            arrived.add(message.body());
            message.reply(message.body());
        });
        List<?> sent = body instanceof List<?> several ? several : List.of(body);
        List<Object> answers = sent.stream()
                .map(one -> await(sender.request(address, one)).body())
                .toList();
        assertThat(arrived).containsExactlyElementsOf(sent);
        assertThat(answers).containsExactlyElementsOf(sent);
    }

    @Test
    void send_carriesEveryTypeInOrder() {
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> arrived.add(message.body()));
        TYPES.forEach(body -> sender.send(address, body));
        await().untilAsserted(() -> assertThat(arrived).containsExactlyElementsOf(TYPES));
    }

    @Test
    void publish_carriesEveryTypeToEveryConsumer() {
        List<Object> first = new CopyOnWriteArrayList<>();
        List<Object> second = new CopyOnWriteArrayList<>();
        consume(message -> first.add(message.body()));
        consume(message -> second.add(message.body()));
        TYPES.forEach(body -> sender.publish(address, body));
        await().untilAsserted(() -> assertThat(first).containsExactlyElementsOf(TYPES));
        await().untilAsserted(() -> assertThat(second).containsExactlyElementsOf(TYPES));
    }

    @Test
    void replyAndRequest_carriesEveryType() {
        List<Object> arrived = new CopyOnWriteArrayList<>();
        consume(message -> message.replyAndRequest(message.body()).onSuccess(last -> arrived.add(last.body())));
        for (Object body : TYPES) {
            await(sender.request(address, body)).reply(body);
        }
        await().untilAsserted(() -> assertThat(arrived).containsExactlyInAnyOrderElementsOf(TYPES));
    }

    @Test
    void sentNull_arrivesAsNull() {
        assertThat(await(arrival(() -> sender.send(address, null))).body()).isNull();
    }

    @Test
    void requestedNull_arrivesAsNull() {
        consume(message -> message.reply(message.body() == null ? "null" : "a body"));
        assertThat(await(sender.<String>request(address, null)).body()).isEqualTo("null");
    }

    @Test
    void repliedNull_arrivesAsNull() {
        consume(message -> message.reply(null));
        assertThat(await(sender.request(address, "Ada")).body()).isNull();
    }

    @Test
    void nestedJson_arrivesWhole() {
        JsonObject leaf = new JsonObject().put("list", new JsonArray().add(1).add(new JsonObject().put("x", 2.5)));
        JsonObject body =
                new JsonObject().put("a", new JsonObject().put("b", leaf)).putNull("none");
        assertThat(echo(body)).isEqualTo(body);
    }

    @Test
    void jsonKeys_keepTheirOrder() {
        JsonObject body =
                new JsonObject().put("z", 1).put("a", 2).put("m", 3).put("", 4).put("ž", 5);
        assertThat(echo(body).fieldNames()).containsExactly("z", "a", "m", "", "ž");
    }

    @Test
    void binaryInJson_isReadAsBinary() {
        assertThat(echo(new JsonObject().put("bytes", bytes(256))).getBinary("bytes"))
                .isEqualTo(bytes(256));
    }

    @Test
    void instantInJson_isReadAsInstant() {
        Instant instant = Instant.parse("2026-01-02T03:04:05.678Z");
        assertThat(echo(new JsonObject().put("at", instant)).getInstant("at")).isEqualTo(instant);
    }

    @Test
    void sliceOfBuffer_arrivesWithoutTheRest() {
        consume(message -> message.reply(message.body()));
        Buffer slice = Buffer.buffer("0123456789").slice(3, 7);
        assertThat(await(sender.<Buffer>request(address, slice)).body()).isEqualTo(Buffer.buffer("3456"));
    }

    @Test
    void replyException_isABodyWhenSent() {
        ReplyException sent = new ReplyException(ReplyFailure.RECIPIENT_FAILURE, 42, "žádná");
        ReplyException arrived = (ReplyException)
                await(arrival(() -> sender.send(address, sent))).body();
        assertThat(arrived.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(arrived.failureCode()).isEqualTo(42);
        assertThat(arrived).hasMessage("žádná");
    }

    @Test
    void replyException_isABodyWhenRequested() {
        this.<ReplyException>consume(message -> message.reply(message.body().failureCode()));
        ReplyException body = new ReplyException(ReplyFailure.ERROR, -7, "why");
        assertThat(await(sender.request(address, body)).body()).isEqualTo(-7);
    }

    @Test
    void replyException_asReplyFailsTheRequest() {
        consume(message -> message.reply(new ReplyException(ReplyFailure.ERROR, 3, "broken")));
        ReplyException failure = (ReplyException) failure(sender.request(address, "Ada"));
        assertThat(failure.failureType()).isEqualTo(ReplyFailure.ERROR);
        assertThat(failure.failureCode()).isEqualTo(3);
        assertThat(failure).hasMessage("broken");
    }

    @Test
    void body_isReadableLongAfterItsHandler() {
        Message<Object> kept = await(arrival(() -> sender.send(address, new JsonObject().put("n", 1))));
        String elsewhere = freshAddress();
        consume(receiver, elsewhere, message -> message.reply("done"));
        await(sender.request(elsewhere, "another"));
        assertThat(kept.body()).isEqualTo(new JsonObject().put("n", 1));
    }

    @Test
    void unsupportedBody_isRefusedBySend() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.send(address, new Object()))
                .withMessage("No message codec for type: class java.lang.Object");
    }

    @Test
    void unsupportedBody_isRefusedByPublish() {
        assertThatIllegalArgumentException().isThrownBy(() -> sender.publish(address, new Object()));
    }

    @Test
    void unsupportedBody_isRefusedByRequest() {
        assertThatIllegalArgumentException().isThrownBy(() -> sender.request(address, new Object()));
    }

    @Test
    void unsupportedBody_isRefusedByProducer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.sender(address).write(new Object()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sender.publisher(address).write(new Object()));
    }

    @Test
    void unsupportedBody_isRefusedByReply() {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        consume(message -> {
            try {
                message.reply(new Object());
            } catch (RuntimeException e) {
                thrown.set(e);
                message.reply("after all");
            }
        });
        assertThat(await(sender.request(address, "Ada")).body()).isEqualTo("after all");
        assertThat(thrown.get()).isInstanceOf(IllegalArgumentException.class);
    }

    private JsonObject echo(JsonObject body) {
        consume(message -> message.reply(message.body()));
        return await(sender.<JsonObject>request(address, body)).body();
    }

    /** The message that a handler got first. */
    private Future<Message<Object>> arrival(Runnable sending) {
        Promise<Message<Object>> arrived = Promise.promise();
        consume(arrived::tryComplete);
        sending.run();
        return arrived.future();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}

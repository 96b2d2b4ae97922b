// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What delivery options do to a message, and what sending does to them. */
class OptionsContractTest extends BusContract {
    private final List<String> events = new CopyOnWriteArrayList<>();

    /** Answers with the body and the header {@code stamp} of each message. */
    private void answerWithStamp() {
        this.<Object>consume(message -> {
            String content = message.body() instanceof Parcel parcel ? parcel.content() : "" + message.body();
            message.reply(content + " " + message.headers().get("stamp"));
        });
    }

    private String answer(Object body, DeliveryOptions options) {
        return await(sender.<String>request(address, body, options)).body();
    }

    private static void assertFailure(Future<?> answer, ReplyFailure type) {
        assertThat(failure(answer))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureType())
                        .isEqualTo(type));
    }

    @Test
    void sendTimeout_isHonoured() {
        consume(message -> {});
        assertFailure(
                sender.request(address, "question", new DeliveryOptions().setSendTimeout(100)), ReplyFailure.TIMEOUT);
    }

    @Test
    void replyTimeout_isHonoured() {
        Promise<Message<Object>> asked = Promise.promise();
        consume(message -> message.replyAndRequest("and you?", new DeliveryOptions().setSendTimeout(100))
                .onComplete(asked));
        await(sender.request(address, "question"));
        assertFailure(asked.future(), ReplyFailure.TIMEOUT);
    }

    @Test
    void defaultOptions_addNothing() {
        this.<String>consume(
                message -> message.reply(message.body() + message.headers().size()));
        assertThat(answer("letter", new DeliveryOptions())).isEqualTo("letter0");
    }

    @Test
    void localOnly_reachesOwnNode() {
        this.<String>consume(sender, address, message -> message.reply("here"));
        assertThat(answer("question", new DeliveryOptions().setLocalOnly(true))).isEqualTo("here");
    }

    @Test
    void localOnly_doesNotReachOtherNode() {
        consume(message -> message.reply("there"));
        Future<Message<String>> answer = sender.request(address, "question", new DeliveryOptions().setLocalOnly(true));
        if (kind.clustered) {
            assertFailure(answer, ReplyFailure.NO_HANDLERS);
        } else {
            assertThat(await(answer).body()).isEqualTo("there");
        }
    }

    @Test
    void localOnlyReply_reachesRequester() {
        consume(message -> message.reply("there", new DeliveryOptions().setLocalOnly(true)));
        assertThat(answer("question", new DeliveryOptions())).isEqualTo("there");
    }

    @Test
    void codecName_choosesCodec() {
        answerWithStamp();
        assertThat(answer(new Parcel("gift"), Parcel.codec(this))).isEqualTo("gift null");
    }

    @Test
    void replyCodecName_choosesCodec() {
        DeliveryOptions options = Parcel.codec(this);
        consume(message -> message.reply(new Parcel("gift"), options));
        assertThat(await(sender.request(address, "question")).body()).isEqualTo(new Parcel("gift"));
    }

    @Test
    void unknownCodecName_isRefused() {
        DeliveryOptions options = new DeliveryOptions().setCodecName("nobody's");
        assertThatThrownBy(() -> sender.send(address, "letter", options)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.publish(address, "news", options)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sender.request(address, "question", options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sameOptions_serveTwoMessages() {
        answerWithStamp();
        DeliveryOptions options = Parcel.codec(this).addHeader("stamp", "blue");
        assertThat(answer(new Parcel("first"), options)).isEqualTo("first blue");
        assertThat(answer(new Parcel("second"), options)).isEqualTo("second blue");
    }

    @Test
    void copiedOptions_doTheSame() {
        answerWithStamp();
        DeliveryOptions options = Parcel.codec(this).addHeader("stamp", "blue");
        assertThat(answer(new Parcel("gift"), new DeliveryOptions(options))).isEqualTo("gift blue");
    }

    @Test
    void optionsFromJson_doTheSame() {
        answerWithStamp();
        JsonObject json = Parcel.codec(this).addHeader("stamp", "blue").toJson();
        assertThat(answer(new Parcel("gift"), new DeliveryOptions(json))).isEqualTo("gift blue");
    }

    @Test
    void tracingPolicy_disturbsNothing() {
        answerWithStamp();
        for (TracingPolicy policy : TracingPolicy.values()) {
            DeliveryOptions options = new DeliveryOptions().setTracingPolicy(policy);
            assertThat(answer(policy.name(), options)).isEqualTo(policy + " null");
        }
    }

    @Test
    void sending_leavesOptionsAsTheyWere() {
        answerWithStamp();
        DeliveryOptions options = fullOptions();
        MultiMap headers = options.getHeaders();
        JsonObject before = options.toJson();
        sender.send(address, new Parcel("letter"), options);
        sender.publish(address, new Parcel("news"), options);
        answer(new Parcel("question"), options);
        assertThat(options.toJson()).isEqualTo(before);
        assertThat(options.getHeaders()).isSameAs(headers);
    }

    @Test
    void sending_addsNoHeadersToOptionsWithout() {
        answerWithStamp();
        DeliveryOptions options = new DeliveryOptions();
        answer("question", options);
        assertThat(options.getHeaders()).isNull();
    }

    @Test
    void replying_leavesOptionsAsTheyWere() {
        DeliveryOptions options = fullOptions();
        JsonObject before = options.toJson();
        consume(message -> message.reply(new Parcel("gift"), options));
        await(sender.request(address, "question"));
        assertThat(options.toJson()).isEqualTo(before);
    }

    private DeliveryOptions fullOptions() {
        return Parcel.codec(this)
                .addHeader("stamp", "blue")
                .addHeader("stamp", "red")
                .setSendTimeout(12_345)
                .setTracingPolicy(TracingPolicy.ALWAYS);
    }
}

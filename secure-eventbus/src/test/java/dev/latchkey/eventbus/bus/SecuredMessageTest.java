// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.impl.CodecManager;
import io.vertx.core.eventbus.impl.clustered.ClusteredMessage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A handler sees the plain message, and its answers are sealed. */
class SecuredMessageTest extends GuardedTest {
    private ArrivingMessage outer = outer(REPLY);

    private static ArrivingMessage outer(@Nullable String replyAddress) {
        return ArrivingMessage.of(CodecManager.STRING_MESSAGE_CODEC, ADDRESS, replyAddress, "sealed");
    }

    private SecuredMessage<Object> message(@Nullable String replyAddress) {
        outer = outer(replyAddress);
        return new SecuredMessage<>(outer, inner(), new Exchange(guard));
    }

    private Delivery inner() {
        Content content = Content.of(
                CodecManager.STRING_MESSAGE_CODEC,
                "secret",
                MultiMap.caseInsensitiveMultiMap().add("a", "1"));
        Delivery inner = Delivery.unreadable();
        inner.open(content, caller);
        return inner;
    }

    @Test
    void message_isThePlainOne() {
        SecuredMessage<Object> message = message(REPLY);
        assertThat(message.address()).isEqualTo(ADDRESS);
        assertThat(message.replyAddress()).isEqualTo(REPLY);
        assertThat(message.body()).isEqualTo("secret");
        assertThat(message.headers().get("a")).isEqualTo("1");
        assertThat(message.isSend()).isTrue();
        assertThat(message).hasToString("Message[" + ADDRESS + "]");
    }

    @Test
    void reply_isSealedUnderTheSession() {
        message(REPLY).reply("answer", new DeliveryOptions());
        assertThat(outer.replies).singleElement().isInstanceOfSatisfying(ReplyCarrier.class, reply -> {
            assertThat(reply.body()).isEqualTo("answer");
            assertThat(reply.session()).isSameAs(caller);
        });
    }

    @Test
    void reply_whereNobodyWaits_isNoAnswer() {
        message(null).reply("answer", new DeliveryOptions());
        assertThat(outer.replies).isEmpty();
    }

    @Test
    void reply_sessionHasEnded_tellsWhy_inTheClear() {
        SecuredMessage<Object> message = message(REPLY);
        caller.end(DenialReason.REVOKED);
        message.reply("answer", new DeliveryOptions());
        assertThat(outer.failureCode()).isEqualTo(DenialReason.REVOKED.code());
    }

    @Test
    void reply_inThisJvm_afterKeysWereReplaced_arrives() {
        SecuredMessage<Object> message = message(REPLY);
        caller.end(DenialReason.STALE_EPOCH);
        message.reply("answer", new DeliveryOptions());
        assertThat(outer.replies).singleElement().isInstanceOfSatisfying(ReplyCarrier.class, reply -> assertThat(
                        reply.body())
                .isEqualTo("answer"));
    }

    @Test
    void reply_overTheWire_afterKeysWereReplaced_tellsWhy() {
        List<Object> replies = new ArrayList<>();
        SecuredMessage<Object> message = new SecuredMessage<>(fromWire(replies), inner(), new Exchange(guard));
        caller.end(DenialReason.STALE_EPOCH);
        message.reply("answer", new DeliveryOptions());
        assertThat(replies).singleElement().isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(
                        failure.failureCode())
                .isEqualTo(DenialReason.STALE_EPOCH.code()));
    }

    private static Message<Object> fromWire(List<Object> replies) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        ClusteredMessage<Object, Object> arrived =
                new ClusteredMessage<>("node", ADDRESS, headers, null, null, true, null) {
                    @Override
                    public String replyAddress() {
                        return REPLY;
                    }

                    @Override
                    public boolean isFromWire() {
                        return true;
                    }

                    @Override
                    public void reply(Object message, DeliveryOptions options) {
                        replies.add(message);
                    }
                };
        return arrived;
    }

    @Test
    void replyAndRequest_whereNobodyWaits_isRefused() {
        assertThatIllegalStateException().isThrownBy(() -> message(null).replyAndRequest("and?"));
    }

    @Test
    void replyAndRequest_sessionHasEnded_isDenied() {
        SecuredMessage<Object> message = message(REPLY);
        caller.end(DenialReason.REVOKED);
        Future<Message<Object>> answer = message.replyAndRequest("and?");
        assertThat(answer.cause()).isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                .isEqualTo(DenialReason.REVOKED));
        assertThat(outer.failureCode()).isEqualTo(DenialReason.REVOKED.code());
    }
}

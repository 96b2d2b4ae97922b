// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever makes the address of an answer, a request is what it is on the plain bus. */
class PlainRequestsTest {
    private static final String ADDRESS = "echo";

    private final Vertx vertx = Vertx.vertx();
    private final List<String> replyAddresses = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ReplyFailure failure(Future<?> future) throws Exception {
        Throwable failure = done(future.transform(ended -> Future.succeededFuture(ended.cause())));
        assertThat(failure).isInstanceOf(ReplyException.class);
        return ((ReplyException) failure).failureType();
    }

    private void echo() {
        vertx.eventBus().consumer(ADDRESS, message -> {
            replyAddresses.add(Objects.requireNonNull(message.replyAddress()));
            message.reply(message.body());
        });
    }

    private Future<Message<Object>> send(boolean ours, Object body, DeliveryOptions options) {
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        return new PlainRequests(vertx, ours).send(context, ADDRESS, body, options);
    }

    /** Fails when a new version of Vert.x has changed what Latchkey uses of it: look what has become of it. */
    @Test
    void areAsExpected_inTheVersionThatIsBuiltWith() {
        assertThat(ReplyHandlers.areAsExpected()).isTrue();
    }

    @Test
    void isThere_inAnotherVersion_isFalse() {
        assertThat(ReplyHandlers.isThere(() -> true)).isTrue();
        assertThat(ReplyHandlers.isThere(() -> {
                    throw new LinkageError("no such method", new NoSuchMethodException("register"));
                }))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_isAnswered(boolean ours) throws Exception {
        echo();
        assertThat(done(send(ours, "x", new DeliveryOptions())).body()).isEqualTo("x");
    }

    @Test
    void send_ours_isAnsweredAtAnAddressThatCannotBeGuessed() throws Exception {
        echo();
        done(send(true, "x", new DeliveryOptions()));
        done(send(true, "x", new DeliveryOptions()));
        assertThat(replyAddresses).doesNotHaveDuplicates().allMatch(at -> at.matches("__vertx\\.reply\\.[\\w-]{20}"));
    }

    @Test
    void send_notOurs_isAnsweredAtVertxsOwn() throws Exception {
        echo();
        done(send(false, "x", new DeliveryOptions()));
        assertThat(replyAddresses).containsExactly("__vertx.reply.1");
    }

    @Test
    void of_withoutACluster_leavesItToVertx() throws Exception {
        echo();
        ContextInternal context = (ContextInternal) vertx.getOrCreateContext();
        done(PlainRequests.of(vertx).send(context, ADDRESS, "x", new DeliveryOptions()));
        assertThat(replyAddresses).containsExactly("__vertx.reply.1");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_nobodyThere_failsAtOnce(boolean ours) throws Exception {
        assertThat(failure(send(ours, "x", new DeliveryOptions()))).isEqualTo(ReplyFailure.NO_HANDLERS);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_nobodyAnswers_failsInItsTime(boolean ours) throws Exception {
        vertx.eventBus().consumer(ADDRESS, message -> {});
        assertThat(failure(send(ours, "x", new DeliveryOptions().setSendTimeout(10))))
                .isEqualTo(ReplyFailure.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_handlerFails_failsLikeThat(boolean ours) throws Exception {
        vertx.eventBus().consumer(ADDRESS, message -> message.fail(7, "no"));
        assertThat(failure(send(ours, "x", new DeliveryOptions()))).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_ofWhatHasNoCodec_throws(boolean ours) {
        assertThatThrownBy(() -> send(ours, new Object(), new DeliveryOptions()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("No message codec");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void send_headersGoAlong(boolean ours) throws Exception {
        vertx.eventBus()
                .consumer(ADDRESS, message -> message.reply(message.headers().get("a")));
        assertThat(done(send(ours, "x", new DeliveryOptions().addHeader("a", "1")))
                        .body())
                .isEqualTo("1");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.token.GrantMaker;
import dev.latchkey.eventbus.token.ServiceToken;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Content;
import dev.latchkey.eventbus.wire.ContentFormat;
import dev.latchkey.eventbus.wire.Envelope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.impl.CodecManager;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A guarded Vertx with one member that provides and invokes process_image, and a caller elsewhere in the cluster. */
abstract class GuardedTest {
    static final String ADDRESS = "image.process";
    static final String REPLY = "__vertx.reply.1";

    final Vertx vertx = Vertx.vertx();
    final FakeOrchestrator orchestrator = new FakeOrchestrator();
    final ServiceToken token =
            orchestrator.issuing.mint(new GrantMaker().id(new TokenId(99, 1)).make());
    final CallerSession caller = CallerSession.derive(token, orchestrator.issuing.seed);
    BusGuard guard;
    Member member;

    /** How much the patience of members runs ahead at each look, nanoseconds. */
    volatile long haste;

    private final AtomicLong ahead = new AtomicLong();

    @BeforeEach
    void join() throws Exception {
        orchestrator.listen(vertx);
        guard = BusGuard.of(guarded(), orchestrator.trust(), orchestrator.clock);
        member = member(Set.of("process_image"), Set.of("process_image"));
    }

    /** The Vertx as the guard sees it. */
    Vertx guarded() {
        return vertx;
    }

    Member member(Set<String> provides, Set<String> invokes) throws Exception {
        Member joined = new Member(
                guard, orchestrator.options(provides, invokes), () -> System.nanoTime() + ahead.addAndGet(haste));
        done(joined.register());
        return joined;
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    static Content text(String text) {
        return Content.of(CodecManager.STRING_MESSAGE_CODEC, text, null);
    }

    byte[] request(Envelope envelope) {
        return request(envelope, BusFixture.NOW);
    }

    byte[] request(Envelope envelope, long sentAt) {
        return Sealing.frame(caller, sentAt, envelope, ContentFormat.write(text("secret")));
    }

    static Envelope envelope() {
        return envelope(REPLY);
    }

    static Envelope envelope(@Nullable String replyAddress) {
        return new Envelope(ADDRESS, replyAddress, true);
    }

    ArrivingMessage arriving(byte[] frame) {
        return ArrivingMessage.sealed(guard, ADDRESS, REPLY, frame);
    }

    static void assertPassed(ArrivingMessage message) {
        assertThat(message.replies).isEmpty();
        assertThat(message.passed).isOne();
        assertThat(requireNonNull(message.delivery().opened()).body()).isEqualTo("secret");
    }

    void assertRefused(ArrivingMessage message, DenialReason reason) {
        assertThat(message.passed).isZero();
        assertThat(guard.refused()).containsEntry(reason, 1L);
        assertThat(message.failureCode()).isEqualTo(reason.code());
    }
}

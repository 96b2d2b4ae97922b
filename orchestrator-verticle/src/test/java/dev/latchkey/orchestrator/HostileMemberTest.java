// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static dev.latchkey.orchestrator.Realm.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A third node joined the same Hazelcast cluster, with plain Vert.x and no credential. It gets nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileMemberTest {
    private static final String ADDRESS = "greeting.hello";
    private static final String SECRET = "the-secret-of-this-message";

    private final Realm realm = Realm.create();
    private final List<Object> handled = new CopyOnWriteArrayList<>();
    private Topology topology;
    private Attacker attacker;
    private SecureEventBus caller;
    private SecureEventBus greeter;

    @BeforeAll
    void start() {
        topology = Topology.clustered(3);
        realm.deployOrchestrator(topology.node(0));
        attacker = new Attacker(topology.node(2));
    }

    @AfterAll
    void stop() {
        topology.close();
    }

    @BeforeEach
    void join() {
        handled.clear();
        attacker.heard().clear();
        caller = realm.join(topology.node(0), "caller");
        greeter = realm.join(topology.node(1), "greeter");
        await(greeter.consumer(ADDRESS, this::handle).completion());
    }

    @AfterEach
    void leave() {
        await(caller.leave());
        await(greeter.leave());
    }

    private void handle(Message<Object> message) {
        handled.add(message.body());
        message.reply("done");
    }

    private EventBus plainBus() {
        return topology.node(2).eventBus();
    }

    private long refused(DenialReason reason) {
        return greeter.refusals().getOrDefault(reason, 0L);
    }

    /** A frame of the caller's that reached the greeter and was overheard by the attacker. */
    private Buffer overheard() {
        MessageConsumer<Buffer> ear = attacker.listen(ADDRESS);
        await().until(() -> {
            caller.publish(ADDRESS, SECRET);
            return !attacker.heard().isEmpty();
        });
        await(ear.unregister());
        await().until(() -> !handled.isEmpty());
        return attacker.heard().get(0);
    }

    @Test
    void plaintext_ofAnyType_isRefusedAndTheSenderTold() {
        for (Object body : List.of(
                "x", 1, Buffer.buffer("b"), new JsonObject(), new ReplyException(ReplyFailure.ERROR, "forged"))) {
            ReplyException refusal = (ReplyException) failure(plainBus().request(ADDRESS, body));
            assertThat(refusal.failureCode()).isEqualTo(DenialReason.PLAINTEXT.code());
        }
        assertThat(handled).isEmpty();
    }

    @Test
    void subscriber_hearsNoPlaintext() {
        Buffer frame = overheard();
        assertThat(frame.toString(StandardCharsets.ISO_8859_1)).doesNotContain(SECRET);
    }

    /** Code on a guarded node that still uses the plain bus: its plaintext stops before the wire, whoever listens. */
    @Test
    void plaintextOfAGuardedNode_isHeardByNobody() {
        List<Object> heard = new CopyOnWriteArrayList<>();
        MessageConsumer<Object> ear = plainBus().consumer(ADDRESS, message -> heard.add(message.body()));
        await(ear.completion());
        await().until(() -> {
            topology.node(0).eventBus().publish(ADDRESS, SECRET);
            caller.publish(ADDRESS, SECRET);
            return !heard.isEmpty();
        });
        await(ear.unregister());
        assertThat(heard).allSatisfy(body -> assertThat(body).isInstanceOf(Buffer.class));
    }

    @Test
    void replay_isRefused() {
        Buffer frame = overheard();
        int before = handled.size();
        long refusedBefore = refused(DenialReason.REPLAYED);
        attacker.publish(ADDRESS, frame);
        await().until(() -> refused(DenialReason.REPLAYED) > refusedBefore);
        assertThat(handled).hasSize(before);
    }

    @Test
    void publishTurnedIntoARequest_isRefused() {
        Buffer frame = overheard();
        ReplyException refusal = (ReplyException) failure(attacker.request(ADDRESS, frame));
        assertThat(refusal.failureCode()).isEqualTo(DenialReason.TAMPERED.code());
    }

    @Test
    void frameMovedToAnotherAddressOfTheSameOperation_isRefused() {
        Buffer frame = overheard();
        await(greeter.consumer("greeting.room.1", this::handle).completion());
        int before = handled.size();
        ReplyException refusal = (ReplyException) failure(attacker.request("greeting.room.1", frame));
        assertThat(refusal.failureCode()).isEqualTo(DenialReason.TAMPERED.code());
        assertThat(handled).hasSize(before);
    }

    @Test
    void frameMovedToAnotherOperation_isOutOfScope() {
        Buffer frame = overheard();
        SecureEventBus counter = realm.join(topology.node(1), "counter");
        await(counter.consumer("counting", this::handle).completion());
        int before = handled.size();
        ReplyException refusal = (ReplyException) failure(attacker.request("counting", frame));
        assertThat(refusal.failureCode()).isEqualTo(DenialReason.OUT_OF_SCOPE.code());
        assertThat(handled).hasSize(before);
        await(counter.leave());
    }

    @Test
    void frameWithOneBitChanged_isRefused_whereverTheBitIs() {
        Buffer frame = overheard();
        int before = handled.size();
        for (int at = 0; at < frame.length(); at += 37) {
            Buffer changed = frame.copy();
            changed.setByte(at, (byte) (frame.getByte(at) ^ 1));
            assertThat(failure(attacker.request(ADDRESS, changed)))
                    .as("byte %d", at)
                    .isInstanceOf(ReplyException.class);
        }
        assertThat(handled).hasSize(before);
    }

    @Test
    void garbage_isRefused() {
        for (int length : new int[] {0, 1, 33, 34, 49, 50, 51, 4096}) {
            ReplyException refusal =
                    (ReplyException) failure(attacker.request(ADDRESS, Buffer.buffer(new byte[length])));
            assertThat(DenialReason.ofCode(refusal.failureCode()))
                    .as("%d bytes", length)
                    .isEqualTo(DenialReason.MALFORMED);
        }
        assertThat(handled).isEmpty();
    }

    /** Nobody but the attacker listens, so every request goes to it, and it may answer what it likes. */
    private ReplyException answeredByTheAttacker(Handler<Message<Object>> answer) {
        MessageConsumer<Object> ear = plainBus().consumer("greeting.room.evil", answer);
        await(ear.completion());
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(700);
        Throwable failure = failure(caller.request("greeting.room.evil", SECRET, options));
        await(ear.unregister());
        return (ReplyException) failure;
    }

    @Test
    void forgedReply_isDropped_andTheRequestGoesOnWaiting() {
        ReplyException outcome = answeredByTheAttacker(message -> message.reply("forged"));
        assertThat(outcome.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        ReplyException raw = answeredByTheAttacker(
                message -> message.reply(Buffer.buffer(new byte[64]), new DeliveryOptions().setCodecName("lk")));
        assertThat(raw.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
    }

    @Test
    void reflectedRequest_isNoReply() {
        ReplyException outcome = answeredByTheAttacker(
                message -> message.reply(message.body(), new DeliveryOptions().setCodecName("lk")));
        assertThat(outcome.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
    }

    @Test
    void forgedFailure_isToldApartFromAHandlers() {
        ReplyException outcome = answeredByTheAttacker(message -> message.fail(42, "forged"));
        assertThat(outcome).isInstanceOf(DeniedException.class);
        assertThat(((DeniedException) outcome).reason()).isEqualTo(DenialReason.UNAUTHENTICATED_FAILURE);
    }
}

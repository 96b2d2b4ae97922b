// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operation with two backups, on one local Vertx; the clock that failed addresses are judged by is the test's. */
class FailoverTest {
    private static final String PRIMARY = "image.process";
    private static final String BACKUP = "image.other";
    private static final String LAST = "image.batch.last";
    private static final DeliveryOptions PATIENT = new DeliveryOptions().setSendTimeout(600_000);
    private static final DeliveryOptions BRIEF = new DeliveryOptions().setSendTimeout(600);

    private final Vertx vertx = Vertx.vertx();
    private final FakeOrchestrator orchestrator = new FakeOrchestrator();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private SecureEventBus bus;

    @BeforeEach
    void join() throws Exception {
        orchestrator.listen(vertx);
        orchestrator.failover = List.of(BACKUP, LAST);
        join(false);
    }

    private void join(boolean idempotent) throws Exception {
        Operation image = FakeOrchestrator.IMAGE;
        orchestrator.operations = List.of(
                new Operation(image.name(), image.addresses(), Modes.STRICT, ReplayScope.NODE, idempotent),
                FakeOrchestrator.RISK);
        Set<String> both = Set.of("process_image");
        bus = done(SecureEventBus.join(vertx, orchestrator.options(both, both)));
    }

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static ReplyException failure(Future<?> future) {
        return (ReplyException) assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(future))
                .havingCause()
                .isInstanceOf(ReplyException.class)
                .actual();
    }

    /** Notes who heard of a message, and then does as told. */
    private MessageConsumer<Object> consume(String address, Handler<Message<Object>> handler) throws Exception {
        MessageConsumer<Object> consumer = bus.consumer(address, message -> {
            heard.add(address);
            handler.handle(message);
        });
        done(consumer.completion());
        return consumer;
    }

    private MessageConsumer<Object> answering(String address) throws Exception {
        return consume(address, message -> message.reply(address));
    }

    private static void silently(Message<Object> message) {
        // Never answers.
    }

    private Object ask() throws Exception {
        return done(bus.request(PRIMARY, "x", PATIENT)).body();
    }

    private void pass(long millis) {
        orchestrator.clock.set(orchestrator.clock.millis() + millis);
    }

    @Test
    void request_primaryHasHandlers_goesNowhereElse() throws Exception {
        answering(PRIMARY);
        answering(BACKUP);
        assertThat(ask()).isEqualTo(PRIMARY);
        assertThat(heard).containsExactly(PRIMARY);
    }

    @Test
    void request_primaryHasNoHandlers_isAnsweredByTheFirstBackupThatHas() throws Exception {
        answering(LAST);
        assertThat(ask()).isEqualTo(LAST);
        answering(BACKUP);
        pass(AddressState.FIRST_MILLIS);
        assertThat(ask()).isEqualTo(BACKUP);
    }

    @Test
    void request_toABackup_alsoGoesToTheOthers() throws Exception {
        answering(LAST);
        assertThat(done(bus.request(BACKUP, "x", PATIENT)).body()).isEqualTo(LAST);
    }

    @Test
    void request_nobodyAnywhere_saysHowManyWereTried() {
        ReplyException failure = failure(bus.request(PRIMARY, "x", PATIENT));
        assertThat(failure.failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
        assertThat(failure).hasMessage("no handlers; 3 addresses were tried");
    }

    @Test
    void request_ofAnOperationWithoutBackups_failsAsEver() throws Exception {
        orchestrator.failover = List.of();
        join(true);
        answering(BACKUP);
        ReplyException failure = failure(bus.request(PRIMARY, "x", PATIENT));
        assertThat(failure).hasMessage("No handlers for address " + PRIMARY);
    }

    @Test
    void request_whoseBackupIsOfAnotherOperation_doesNotGoThere() throws Exception {
        orchestrator.failover = List.of("risk.calculate", "plain");
        join(true);
        vertx.eventBus().consumer("plain", message -> heard.add("plain"));
        assertThat(failure(bus.request(PRIMARY, "x", PATIENT)).failureType()).isEqualTo(ReplyFailure.NO_HANDLERS);
        assertThat(heard).isEmpty();
    }

    @Test
    void request_thatTimesOut_isNotSentToAnother() throws Exception {
        consume(PRIMARY, FailoverTest::silently);
        answering(BACKUP);
        assertThat(failure(bus.request(PRIMARY, "x", BRIEF)).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(heard).containsExactly(PRIMARY);
        assertThat(failure(bus.request(PRIMARY, "x", BRIEF)).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
    }

    @Test
    void idempotentRequest_thatTimesOut_isAnsweredByTheBackupInItsOwnTime() throws Exception {
        join(true);
        consume(PRIMARY, FailoverTest::silently);
        answering(BACKUP);
        assertThat(done(bus.request(PRIMARY, "x", BRIEF)).body()).isEqualTo(BACKUP);
        assertThat(heard).containsExactly(PRIMARY, BACKUP);
        assertThat(ask()).isEqualTo(BACKUP);
        assertThat(heard).containsExactly(PRIMARY, BACKUP, BACKUP);
    }

    /** That the last address has no handlers must not look as if nobody had it. */
    @Test
    void idempotentRequest_thatTimesOutAndThenFindsNobody_saysThatItTimedOut() throws Exception {
        join(true);
        consume(PRIMARY, FailoverTest::silently);
        ReplyException failure = failure(bus.request(PRIMARY, "x", BRIEF));
        assertThat(failure.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(failure).hasMessage("no answer in time; 3 addresses were tried");
    }

    @Test
    void idempotentRequest_thatAllAreSilentAt_endsInItsOwnTime() throws Exception {
        join(true);
        for (String address : List.of(PRIMARY, BACKUP, LAST)) {
            consume(address, FailoverTest::silently);
        }
        assertThat(failure(bus.request(PRIMARY, "x", BRIEF)).failureType()).isEqualTo(ReplyFailure.TIMEOUT);
        assertThat(heard).containsExactly(PRIMARY, BACKUP, LAST);
    }

    @Test
    void handlersOwnFailure_isTheOutcome() throws Exception {
        join(true);
        consume(PRIMARY, message -> message.fail(42, "no"));
        answering(BACKUP);
        assertThat(failure(bus.request(PRIMARY, "x", PATIENT)).failureCode()).isEqualTo(42);
        assertThat(heard).containsExactly(PRIMARY);
    }

    /** A handler that asked somebody else, and hands on what became of that. */
    @Test
    void handlersOwnLackOfHandlers_isTheOutcome() throws Exception {
        join(true);
        for (ReplyFailure kind : List.of(ReplyFailure.NO_HANDLERS, ReplyFailure.TIMEOUT)) {
            MessageConsumer<Object> primary =
                    consume(PRIMARY, message -> message.reply(new ReplyException(kind, "of mine")));
            assertThat(failure(bus.request(PRIMARY, "x", PATIENT))).hasMessage("of mine");
            done(primary.unregister());
        }
        assertThat(heard).containsExactly(PRIMARY, PRIMARY);
    }

    @Test
    void denialOfThisInstance_isTheOutcome() throws Exception {
        answering(BACKUP);
        done(bus.leave());
        assertThat(failure(bus.request(PRIMARY, "x", PATIENT)))
                .isInstanceOfSatisfying(DeniedException.class, denied -> assertThat(denied.reason())
                        .isEqualTo(DenialReason.LEFT));
    }

    @Test
    void primaryThatComesBack_isTriedByOneRequest_andThenByAll() throws Exception {
        answering(BACKUP);
        assertThat(ask()).isEqualTo(BACKUP);
        List<Message<Object>> held = new CopyOnWriteArrayList<>();
        MessageConsumer<Object> back = consume(PRIMARY, held::add);
        assertThat(ask()).isEqualTo(BACKUP);
        pass(AddressState.FIRST_MILLIS);
        Future<Message<Object>> trial = bus.request(PRIMARY, "x", PATIENT);
        await().until(() -> held.size() == 1);
        assertThat(ask()).isEqualTo(BACKUP);
        held.get(0).reply("back");
        assertThat(done(trial).body()).isEqualTo("back");
        done(back.unregister());
        answering(PRIMARY);
        assertThat(ask()).isEqualTo(PRIMARY);
        assertThat(ask()).isEqualTo(PRIMARY);
    }

    @Test
    void send_primaryHasNoHandlers_goesToTheBackup() throws Exception {
        consume(LAST, FailoverTest::silently);
        bus.send(PRIMARY, "x");
        await().untilAsserted(() -> assertThat(heard).containsExactly(LAST));
    }

    @Test
    void send_denied_throws() throws Exception {
        done(bus.leave());
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() -> bus.send(PRIMARY, "x"))
                .returns(DenialReason.LEFT, DeniedException::reason);
    }

    @Test
    void producer_primaryHasNoHandlers_goesToTheBackup_andBack() throws Exception {
        consume(BACKUP, FailoverTest::silently);
        done(bus.sender(PRIMARY).write("x"));
        consume(PRIMARY, FailoverTest::silently);
        done(bus.sender(PRIMARY).write("x"));
        pass(AddressState.FIRST_MILLIS);
        done(bus.sender(PRIMARY).write("x"));
        await().untilAsserted(() -> assertThat(heard).containsExactly(BACKUP, BACKUP, PRIMARY));
    }

    @Test
    void producer_nobodyAnywhere_fails() {
        ReplyException failure = failure(bus.sender(PRIMARY).write("x"));
        assertThat(failure).hasMessage("no handlers; 3 addresses were tried");
    }

    /** A publish is for all who listen at an address. */
    @Test
    void publisher_primaryHasNoHandlers_goesNowhereElse() throws Exception {
        answering(BACKUP);
        failure(bus.publisher(PRIMARY).write("x"));
        bus.publish(PRIMARY, "x");
        assertThat(ask()).isEqualTo(BACKUP);
        assertThat(heard).containsExactly(BACKUP);
    }
}

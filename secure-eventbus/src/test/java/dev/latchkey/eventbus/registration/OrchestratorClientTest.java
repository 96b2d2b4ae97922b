// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OrchestratorClientTest {
    private static final String DOMAIN = "test.example";
    private static final Duration LONG = Duration.ofSeconds(10);

    private final Vertx vertx = Vertx.vertx();
    private final HpkeKeyPair keys = HpkeKeyPair.generate();
    private final TrustBundle trust = new TrustBundle(
            DOMAIN, keys.publicKey(), List.of(SigningKey.generate().verifyingKey()));
    private final OrchestratorClient client = new OrchestratorClient(vertx, trust);
    private final List<String> questions = new CopyOnWriteArrayList<>();
    private final Answer denied = AnswerTest.denied();

    @AfterEach
    void close() throws Exception {
        done(vertx.close());
    }

    private static <T> T done(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private Registration registration() {
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        return new Registration(RegistrationKind.REGISTER, 1, "web", "c", "", Set.of(), Set.of(), seed);
    }

    /** Answers the n-th question as an orchestrator does, and those before it falsely. */
    private void listen(int honestFrom, Object falsehood) {
        vertx.eventBus().<Buffer>consumer(RegistrationWire.ADDRESS, message -> {
            try (ReceivedQuestion question = ReceivedQuestion.open(message.body(), keys, DOMAIN)) {
                questions.add(question.fingerprint());
                answer(message, question, questions.size() >= honestFrom ? null : falsehood);
            } catch (OpenFailedException e) {
                message.fail(1, "cannot be read");
            }
        });
    }

    private void answer(Message<Buffer> message, ReceivedQuestion question, @Nullable Object falsehood) {
        message.reply(falsehood == null ? question.seal(denied) : falsehood);
    }

    @Test
    void ask_oneOrchestrator_isAnsweredAtTheFirstQuestion() throws Exception {
        listen(1, "");
        assertThat(done(client.ask(this::registration, LONG))).isEqualTo(denied);
        assertThat(questions).hasSize(1);
    }

    @Test
    void ask_forgedAnswers_goesOnUntilATrueOne() throws Exception {
        listen(3, Buffer.buffer(new byte[80]));
        assertThat(done(client.ask(this::registration, LONG))).isEqualTo(denied);
        assertThat(questions).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void ask_answersThatAreNoBytes_goesOnUntilATrueOne() throws Exception {
        listen(2, "text");
        assertThat(done(client.ask(this::registration, LONG))).isEqualTo(denied);
        assertThat(questions).hasSize(2);
    }

    /** Two orchestrators share the address; the first to be asked cannot serve, however often. */
    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "UNAVAILABLE"})
    void ask_orchestratorThatCannotServe_asksTheNext(DenialReason passing) throws Exception {
        List<String> askedInVain = new CopyOnWriteArrayList<>();
        orchestrator(new Answer.Denied(1, passing, "x"), askedInVain);
        orchestrator(denied, questions);
        assertThat(done(client.ask(this::registration, LONG))).isEqualTo(denied);
        assertThat(done(client.ask(this::registration, LONG))).isEqualTo(denied);
        assertThat(questions).hasSize(2);
        assertThat(askedInVain).isNotEmpty().doesNotContainAnyElementsOf(questions);
    }

    /** What it was told says more than that the time is up. */
    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "UNAVAILABLE"})
    void ask_noOrchestratorThatCanServe_isToldSo(DenialReason passing) throws Exception {
        Answer cannot = new Answer.Denied(1, passing, "x");
        orchestrator(cannot, questions);
        OrchestratorClient patient =
                new OrchestratorClient(vertx, trust, () -> questions.size() < 2 ? 0 : LONG.toNanos());
        assertThat(done(patient.ask(this::registration, LONG))).isEqualTo(cannot);
        assertThat(questions).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "UNAVAILABLE"})
    void askOnce_orchestratorThatCannotServe_isToldSo_andAsksNobodyElse(DenialReason passing) throws Exception {
        Answer cannot = new Answer.Denied(1, passing, "x");
        orchestrator(cannot, questions);
        assertThat(done(client.askOnce(this::registration))).isEqualTo(cannot);
        assertThat(questions).hasSize(1);
    }

    @Test
    void askOnce_forgedAnswer_isNone() {
        listen(2, Buffer.buffer(new byte[80]));
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(client.askOnce(this::registration)))
                .havingCause()
                .isInstanceOf(ReplyException.class)
                .withMessageContaining(DOMAIN);
        assertThat(questions).hasSize(1);
    }

    private void orchestrator(Answer answer, List<String> asked) {
        vertx.eventBus().<Buffer>consumer(RegistrationWire.ADDRESS, message -> {
            try (ReceivedQuestion question = ReceivedQuestion.open(message.body(), keys, DOMAIN)) {
                asked.add(question.fingerprint());
                message.reply(question.seal(answer));
            } catch (OpenFailedException e) {
                message.fail(1, "cannot be read");
            }
        });
    }

    @Test
    void ask_nobodyThere_failsNamingTheTrustDomain() {
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> done(client.ask(this::registration, Duration.ofMillis(200))))
                .havingCause()
                .isInstanceOfSatisfying(ReplyException.class, failure -> {
                    assertThat(failure.failureType()).isEqualTo(ReplyFailure.TIMEOUT);
                    assertThat(failure.getMessage()).contains(DOMAIN);
                });
    }

    @Test
    void ask_orchestratorComesLater_isAnswered() throws Exception {
        Future<Answer> asked = client.ask(this::registration, LONG);
        listen(1, "");
        assertThat(done(asked)).isEqualTo(denied);
    }
}

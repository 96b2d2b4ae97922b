// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sender, or somebody in its place, is asked whether a request may be taken. */
class SenderClaimsTest extends GuardedTest {
    private static final byte[] CHALLENGE = new byte[16];

    private final List<Buffer> asked = new CopyOnWriteArrayList<>();
    private SenderClaims claims;
    private Frame frame;
    private ProviderSession session;

    @BeforeEach
    void build() throws Exception {
        claims = new SenderClaims(vertx, guard.desk());
        frame = requireNonNull(Frame.parse(0, Buffer.buffer(request(envelope()))));
        session = guard.sessions().session(frame);
    }

    private String address() {
        return "latchkey.tokens." + token.id().instanceName();
    }

    private MessageConsumer<Object> openDesk() {
        return guard.desk().open(token.id().instanceName(), id -> id.equals(token.id()) ? caller : null);
    }

    /** Somebody at the sender's desk who answers what he likes, the first times. */
    private void impostor(Function<Buffer, Buffer> answers) {
        vertx.eventBus().<Buffer>consumer(address(), question -> {
            asked.add(question.body());
            question.reply(answers.apply(question.body()));
        });
    }

    private Future<Void> claim() {
        return claims.claim(session, frame);
    }

    private static Consumer<Throwable> refusal(DenialReason reason) {
        return failure -> assertThat(failure)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }

    @Test
    void claim_ofASentRequest_isGrantedOnce() throws Exception {
        openDesk();
        done(claim());
        assertThatThrownBy(() -> done(claim())).satisfies(refusal(DenialReason.REPLAYED));
    }

    @Test
    void claim_whoseDeskOpensLate_isGranted() throws Exception {
        Future<Void> claim = claim();
        openDesk();
        done(claim);
    }

    @Test
    void claim_whenTheSenderIsGone_isUnconfirmed() {
        assertThatThrownBy(() -> done(claim())).satisfies(refusal(DenialReason.UNCONFIRMED));
    }

    @Test
    void claim_answeredByAnImpostor_isUnconfirmed() {
        impostor(question -> Buffer.buffer(new byte[32]));
        assertThatThrownBy(() -> done(claim())).satisfies(refusal(DenialReason.UNCONFIRMED));
        assertThat(asked).hasSize(5).containsOnly(asked.get(0));
    }

    @Test
    void claim_answeredWithTheGrantOfAnEarlierOne_isUnconfirmed() throws Exception {
        MessageConsumer<Object> desk = openDesk();
        Buffer earlier = done(guard.desk().claim(session.claimQuestion(frame.sequence(), CHALLENGE)));
        done(desk.unregister());
        impostor(question -> earlier);
        assertThatThrownBy(() -> done(claim())).satisfies(refusal(DenialReason.UNCONFIRMED));
    }

    @Test
    void question_askedAgainWithItsChallenge_isGrantedAgain() {
        ClaimQuestion question = session.claimQuestion(frame.sequence(), CHALLENGE);
        assertThat(caller.answer(question)).isNotNull().isEqualTo(caller.answer(question));
    }

    @Test
    void question_withoutProof_isNotAnswered_andTakesNothing() throws Exception {
        ClaimQuestion question = new ClaimQuestion(token.id(), frame.sequence(), CHALLENGE, new byte[32]);
        assertThat(caller.answer(question)).isNull();
        openDesk();
        done(claim());
    }

    @Test
    void question_forARequestThatWasNeverSent_isNotAnswered() {
        assertThat(caller.answer(session.claimQuestion(frame.sequence() + 1, CHALLENGE)))
                .isNull();
    }

    @Test
    void question_afterTheSessionEnded_isNotAnswered() {
        ClaimQuestion question = session.claimQuestion(frame.sequence(), CHALLENGE);
        caller.end(DenialReason.LEFT);
        assertThat(caller.answer(question)).isNull();
    }

    @Test
    void question_isReadAsItWasWritten() {
        ClaimQuestion question = session.claimQuestion(3, CHALLENGE);
        assertThat(question.write().length()).isEqualTo(ClaimQuestion.LENGTH);
        assertThat(ClaimQuestion.read(question.write())).isEqualTo(question).hasSameHashCodeAs(question);
        assertThat(question)
                .isNotEqualTo(session.claimQuestion(4, CHALLENGE))
                .hasToString("ClaimQuestion[" + token.id() + ", 3]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks orchestrators, over the plain bus.
 *
 * <p>Anyone in the cluster may listen on the orchestrators' address, so an answer that does not open is no answer: the
 * question is asked again, sealed anew, until one opens or the time is up. So an orchestrator that dies with a question is no
 * matter: the next one reaches another, and is another question to whoever remembers those that were seen. What the first had
 * registered, if anything, nobody holds the seed's tokens of, and it ends by itself. One that is cut off from its state says so,
 * and counts as none.
 */
public final class OrchestratorClient {
    /** The first is short: an orchestrator that has died does not answer, and the next question goes to another. */
    private static final long FIRST_ATTEMPT_MILLIS = 1_000;

    private static final long MAX_ATTEMPT_MILLIS = 2_000;

    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long MAX_PAUSE_MILLIS = 500;

    /** Another orchestrator may be able to serve, or this one a moment later. */
    public static final Set<DenialReason> PASSING = Set.of(DenialReason.UNAVAILABLE, DenialReason.OVERLOADED);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vertx vertx;
    private final TrustBundle trust;
    private final LongSupplier nanoTime;

    /** A client of one trust domain. */
    public OrchestratorClient(Vertx vertx, TrustBundle trust) {
        this(vertx, trust, System::nanoTime);
    }

    /**
     * A client that measures its patience by a clock.
     *
     * @param nanoTime nanoseconds since whenever
     */
    public OrchestratorClient(Vertx vertx, TrustBundle trust, LongSupplier nanoTime) {
        this.vertx = vertx;
        this.trust = trust;
        this.nanoTime = nanoTime;
    }

    /**
     * Asks until an orchestrator answers.
     *
     * @param registration made anew for each attempt; the seed stays its maker's
     * @param patience how long to try
     * @return the answer, which may be that an orchestrator is overloaded or cut off from its state; or a failure with {@link
     *     ReplyFailure#TIMEOUT} when none came
     */
    public Future<Answer> ask(Supplier<Registration> registration, Duration patience) {
        return attempt(registration, nanoTime.getAsLong() + patience.toNanos(), 0, null);
    }

    /** Asks one question, and takes no answer within two seconds for none. */
    public Future<Answer> askOnce(Supplier<Registration> registration) {
        return once(registration.get(), MAX_ATTEMPT_MILLIS)
                .recover(failure -> failure instanceof Unavailable unavailable
                        ? Future.succeededFuture(unavailable.answer)
                        : Future.failedFuture(nobodyAnswered()));
    }

    /**
     * @param before attempts that were made
     * @param told what one of them was told that could not be served, which says more than that the time is up
     */
    private Future<Answer> attempt(
            Supplier<Registration> registration, long deadline, int before, @Nullable Unavailable told) {
        long left = Math.max(1, (deadline - nanoTime.getAsLong()) / 1_000_000);
        long most = before == 0 ? FIRST_ATTEMPT_MILLIS : MAX_ATTEMPT_MILLIS;
        return once(registration.get(), Math.min(left, most))
                .recover(failure -> again(
                        registration,
                        deadline,
                        before,
                        failure instanceof Unavailable unavailable ? unavailable : told));
    }

    private Future<Answer> again(
            Supplier<Registration> registration, long deadline, int before, @Nullable Unavailable told) {
        long pause = pause(before);
        if (nanoTime.getAsLong() + pause * 1_000_000 < deadline) {
            return vertx.timer(pause).compose(done -> attempt(registration, deadline, before + 1, told));
        }
        return told == null ? Future.failedFuture(nobodyAnswered()) : Future.succeededFuture(told.answer);
    }

    /** Half of it is drawn, so that those who ask at one moment do not all ask again at one moment. */
    private static long pause(int before) {
        long most = Math.min(FIRST_PAUSE_MILLIS << Math.min(before, 10), MAX_PAUSE_MILLIS);
        return most / 2 + RANDOM.nextLong(most / 2 + 1);
    }

    private ReplyException nobodyAnswered() {
        return new ReplyException(
                ReplyFailure.TIMEOUT,
                "no orchestrator of trust domain " + trust.trustDomain()
                        + " answered; start one in this cluster, or check the cluster's name and members");
    }

    private Future<Answer> once(Registration registration, long timeoutMillis) {
        Question question = Question.seal(registration, trust.registrationKey(), trust.trustDomain());
        return PlainQuestion.ask(vertx, RegistrationWire.ADDRESS, question.sealed(), timeoutMillis)
                .compose(answer -> open(question, answer))
                .onComplete(done -> question.close());
    }

    /** Who has too much to do is asked again, as somebody who does not answer is. */
    private static Future<Answer> open(Question question, Message<Object> answer) {
        try {
            return answer.body() instanceof Buffer sealed
                    ? useful(question.open(sealed))
                    : Future.failedFuture(new OpenFailedException());
        } catch (OpenFailedException | RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    private static Future<Answer> useful(Answer answer) {
        return answer instanceof Answer.Denied denied && PASSING.contains(denied.reason())
                ? Future.failedFuture(new Unavailable(answer))
                : Future.succeededFuture(answer);
    }

    /** An orchestrator that cannot serve now. */
    private static final class Unavailable extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Answer answer;

        private Unavailable(Answer answer) {
            super("the orchestrator cannot serve now");
            this.answer = answer;
        }
    }
}

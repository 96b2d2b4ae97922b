// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Asks orchestrators, over the plain bus.
 *
 * <p>Anyone in the cluster may listen on the orchestrators' address, so an answer that does not open is no answer: the
 * question is asked again, sealed anew, until one opens or the time is up.
 */
public final class OrchestratorClient {
    private static final long MAX_ATTEMPT_MILLIS = 2_000;
    private static final long FIRST_PAUSE_MILLIS = 25;
    private static final long MAX_PAUSE_MILLIS = 500;

    private final Vertx vertx;
    private final TrustBundle trust;

    /** A client of one trust domain. */
    public OrchestratorClient(Vertx vertx, TrustBundle trust) {
        this.vertx = vertx;
        this.trust = trust;
    }

    /**
     * Asks until an orchestrator answers.
     *
     * @param registration made anew for each attempt; the seed stays its maker's
     * @param patience how long to try
     * @return the answer; or a failure with {@link ReplyFailure#TIMEOUT} when none came, or with {@link DeniedException} when the
     *     last one said that the orchestrator is overloaded
     */
    public Future<Answer> ask(Supplier<Registration> registration, Duration patience) {
        return attempt(registration, System.nanoTime() + patience.toNanos(), FIRST_PAUSE_MILLIS);
    }

    private Future<Answer> attempt(Supplier<Registration> registration, long deadline, long pause) {
        long left = Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        return once(registration.get(), Math.min(left, MAX_ATTEMPT_MILLIS))
                .recover(failure -> again(failure, registration, deadline, pause));
    }

    private Future<Answer> again(Throwable failure, Supplier<Registration> registration, long deadline, long pause) {
        if (System.nanoTime() + pause * 1_000_000 >= deadline) {
            return Future.failedFuture(failure instanceof DeniedException ? failure : nobodyAnswered());
        }
        return vertx.timer(pause)
                .compose(done -> attempt(registration, deadline, Math.min(2 * pause, MAX_PAUSE_MILLIS)));
    }

    private ReplyException nobodyAnswered() {
        return new ReplyException(
                ReplyFailure.TIMEOUT,
                "no orchestrator of trust domain " + trust.trustDomain()
                        + " answered; start one in this cluster, or check the cluster's name and members");
    }

    private Future<Answer> once(Registration registration, long timeoutMillis) {
        Question question = Question.seal(registration, trust.registrationKey(), trust.trustDomain());
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(timeoutMillis);
        return vertx.eventBus()
                .<Object>request(RegistrationWire.ADDRESS, question.sealed(), options)
                .compose(answer -> open(question, answer))
                .onComplete(done -> question.close());
    }

    /** Who has too much to do is asked again, as somebody who does not answer is. */
    private static Future<Answer> unlessOverloaded(Answer answer) {
        return answer instanceof Answer.Denied denied && denied.reason() == DenialReason.OVERLOADED
                ? Future.failedFuture(new DeniedException(denied.reason()))
                : Future.succeededFuture(answer);
    }

    private static Future<Answer> open(Question question, Message<Object> answer) {
        try {
            return answer.body() instanceof Buffer sealed
                    ? unlessOverloaded(question.open(sealed))
                    : Future.failedFuture(new OpenFailedException());
        } catch (OpenFailedException | RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}

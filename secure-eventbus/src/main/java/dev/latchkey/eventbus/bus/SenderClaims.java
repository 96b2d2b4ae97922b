// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.crypto.ClaimKey;
import dev.latchkey.eventbus.wire.Frame;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks the instance that a request is from whether this is its first delivery.
 *
 * <p>Anyone in the cluster may answer falsely, or swallow question or answer, so only a proved answer counts, and the question is
 * asked again, with the same challenge: who grants it once grants it again. Thread-safe.
 */
final class SenderClaims implements Claims {
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Pauses between questions. The first ones are short: the desk of an instance that has just joined may not be known yet. */
    private static final long[] PAUSES = {20, 80, 320, 640};

    private final Vertx vertx;
    private final TokenDesk desk;

    SenderClaims(Vertx vertx, TokenDesk desk) {
        this.vertx = vertx;
        this.desk = desk;
    }

    @Override
    public Future<Void> claim(ProviderSession session, Frame frame) {
        byte[] challenge = new byte[ClaimKey.CHALLENGE_LENGTH];
        RANDOM.nextBytes(challenge);
        return ask(session, session.claimQuestion(frame.sequence(), challenge), 0);
    }

    private Future<Void> ask(ProviderSession session, ClaimQuestion question, int pauses) {
        return desk.claim(question).transform(answered -> conclude(session, question, pauses, answered.result()));
    }

    private Future<Void> conclude(
            ProviderSession session, ClaimQuestion question, int pauses, @Nullable Buffer answer) {
        if (answer != null && session.isAnswer(question, true, answer)) {
            return Future.succeededFuture();
        }
        if (answer != null && session.isAnswer(question, false, answer)) {
            return Future.failedFuture(new Refusal(DenialReason.REPLAYED));
        }
        return pauses == PAUSES.length
                ? Future.failedFuture(new Refusal(DenialReason.UNCONFIRMED))
                : vertx.timer(PAUSES[pauses], TimeUnit.MILLISECONDS)
                        .compose(paused -> ask(session, question, pauses + 1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.EnumSet;
import java.util.Set;

/** What is known of a request that failed at an address. */
enum Ending {
    /** The other side says so, under seal: that is the request's outcome. */
    ANSWERED,
    /** No handler has it, and none will: it never left this JVM, nor will it. */
    NOBODY,
    /** No answer that proves anything came in time. A handler may have run. */
    SILENCE,
    /** It was denied here, or failed in another way that says nothing of the address. */
    OTHER;

    /** What is said in the clear where nobody provides, or by whoever wants it believed. */
    private static final Set<DenialReason> ABSENCE =
            EnumSet.of(DenialReason.UNAUTHENTICATED_FAILURE, DenialReason.NOT_A_PROVIDER, DenialReason.LEFT);

    /**
     * Judges a failure. A message that has not left is withdrawn by it, so that it does not leave later.
     *
     * @param carrier the message
     */
    static Ending of(RequestCarrier carrier, Throwable failure) {
        if (carrier.isAnswered()) {
            return ANSWERED;
        }
        if (carrier.denial() != null || !isAbsence(failure)) {
            return OTHER;
        }
        return carrier.withdraw() && !carrier.hasLeft() ? NOBODY : SILENCE;
    }

    private static boolean isAbsence(Throwable failure) {
        if (failure instanceof DeniedException denied) {
            return ABSENCE.contains(denied.reason());
        }
        return failure instanceof ReplyException reply
                && (reply.failureType() == ReplyFailure.NO_HANDLERS || reply.failureType() == ReplyFailure.TIMEOUT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * Latchkey refused a message or a registration.
 *
 * <p>{@link #failureCode()} is {@link DenialReason#code()}. A refused message has reached no handler, save for {@link
 * DenialReason#UNAUTHENTICATED_FAILURE}, where nobody can tell.
 */
public final class DeniedException extends ReplyException {
    private final DenialReason reason;

    /** A refusal for this reason. */
    public DeniedException(DenialReason reason) {
        this(reason, reason.text());
    }

    /**
     * A refusal for this reason, with more to say of it.
     *
     * @param detail for people; it never carries a secret
     */
    public DeniedException(DenialReason reason, String detail) {
        super(ReplyFailure.RECIPIENT_FAILURE, reason.code(), reason + ": " + detail);
        this.reason = reason;
    }

    /** Why. */
    public DenialReason reason() {
        return reason;
    }
}

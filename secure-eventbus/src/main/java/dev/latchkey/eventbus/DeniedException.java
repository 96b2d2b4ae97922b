// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import org.jspecify.annotations.Nullable;

/**
 * Latchkey refused a message or a registration.
 *
 * <p>{@link #failureCode()} is {@link DenialReason#code()}. A refused message has reached no handler, save for {@link
 * DenialReason#UNAUTHENTICATED_FAILURE}, where nobody can tell.
 */
public final class DeniedException extends ReplyException {
    private final DenialReason reason;
    private final @Nullable Throwable cause;

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
        this(reason, detail, null);
    }

    /**
     * A refusal for this reason, because something else failed.
     *
     * @param cause what failed in this JVM; it does not cross the wire
     */
    public DeniedException(DenialReason reason, String detail, @Nullable Throwable cause) {
        super(ReplyFailure.RECIPIENT_FAILURE, reason.code(), reason + ": " + detail);
        this.reason = reason;
        this.cause = cause;
    }

    /** What failed in this JVM, or null. ReplyException itself has no room for a cause. */
    @Override
    public synchronized @Nullable Throwable getCause() {
        return cause;
    }

    /** Why. */
    public DenialReason reason() {
        return reason;
    }
}

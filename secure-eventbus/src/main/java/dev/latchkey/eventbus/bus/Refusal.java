// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.token.TokenGrant;
import org.jspecify.annotations.Nullable;

/** A check that did not hold. Cheap to throw: floods of bad messages must cost little. */
final class Refusal extends Exception {
    private final DenialReason reason;
    private final @Nullable Session session;
    private final @Nullable TokenGrant ahead;

    Refusal(DenialReason reason) {
        this(reason, null, null);
    }

    /**
     * A refusal of a message that is authentic nevertheless.
     *
     * @param session the session that it came in under, and that the sender may be told under
     */
    Refusal(DenialReason reason, @Nullable Session session) {
        this(reason, session, null);
    }

    private Refusal(DenialReason reason, @Nullable Session session, @Nullable TokenGrant ahead) {
        super(reason.text(), null, false, false);
        this.reason = reason;
        this.session = session;
        this.ahead = ahead;
    }

    /** A refusal of a token that was made with a key which is newer than those here, and may come with the next renewal. */
    static Refusal ahead(TokenGrant grant) {
        return new Refusal(DenialReason.STALE_EPOCH, null, grant);
    }

    /** What is newer than the keys here, or null. */
    @Nullable
    TokenGrant ahead() {
        return ahead;
    }

    /** Null when nobody vouches for the message, so that a sealed answer would be an oracle for whoever sent it. */
    @Nullable
    Session session() {
        return session;
    }

    DenialReason reason() {
        return reason;
    }
}

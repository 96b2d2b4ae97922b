// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import org.jspecify.annotations.Nullable;

/** A check that did not hold. Cheap to throw: floods of bad messages must cost little. */
final class Refusal extends Exception {
    private final DenialReason reason;
    private final @Nullable Session session;

    Refusal(DenialReason reason) {
        this(reason, null);
    }

    /**
     * A refusal of a message that is authentic nevertheless.
     *
     * @param session the session that it came in under, and that the sender may be told under
     */
    Refusal(DenialReason reason, @Nullable Session session) {
        super(reason.text(), null, false, false);
        this.reason = reason;
        this.session = session;
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

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.ViolationKind;
import org.jspecify.annotations.Nullable;

/** A registration that is refused. */
final class Denial extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DenialReason reason;
    private final @Nullable ViolationKind violation;

    Denial(DenialReason reason, String detail) {
        this(reason, detail, null);
    }

    /**
     * A refusal of what no honest instance asks.
     *
     * @param violation what it breaks, or null
     */
    Denial(DenialReason reason, String detail, @Nullable ViolationKind violation) {
        super(detail, null, false, false);
        this.reason = reason;
        this.violation = violation;
    }

    @Nullable
    ViolationKind violation() {
        return violation;
    }

    DenialReason reason() {
        return reason;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.issue;

import dev.latchkey.eventbus.DenialReason;

/** A registration that is refused. */
final class Denial extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final DenialReason reason;

    Denial(DenialReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    DenialReason reason() {
        return reason;
    }
}

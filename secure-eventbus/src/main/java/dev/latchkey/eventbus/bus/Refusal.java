// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;

/** A check that did not hold. Cheap to throw: floods of bad messages must cost little. */
final class Refusal extends Exception {
    private final DenialReason reason;

    Refusal(DenialReason reason) {
        super(reason.text(), null, false, false);
        this.reason = reason;
    }

    DenialReason reason() {
        return reason;
    }
}

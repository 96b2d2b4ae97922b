// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.Collection;
import java.util.Optional;

/** Guesses what somebody meant to write, as all of Latchkey does. */
public final class Nearest {

    private Nearest() {}

    /** A question such as {@code did you mean 'provides'?}, unless no name is near. */
    public static Optional<String> to(String text, Collection<String> names) {
        return dev.latchkey.eventbus.policy.Nearest.to(text, names);
    }
}

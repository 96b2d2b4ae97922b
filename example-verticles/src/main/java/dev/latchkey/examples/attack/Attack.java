// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeException;
import java.util.Set;

/**
 * One attack.
 *
 * @param name short, and stable in reports
 * @param tried what is done, in a few words
 * @param expected what may end it; any of these is right
 * @param control true when the message is honest but for the way that it was made: it has to arrive, or else a refusal of the
 *     same construction proves nothing
 */
record Attack(String name, String tried, Set<String> expected, boolean control, Attempt attempt) {
    /** The victim counts nothing, and nobody is told anything: the bytes never became a message. */
    static final String DROPPED = "DROPPED";

    /** A message arrived, as it has to. */
    static final String ACCEPTED = "ACCEPTED";

    /** What the attacker read was sealed. */
    static final String SEALED = "SEALED";

    /** The sender got its true answer. */
    static final String TRUE_ANSWER = "TRUE_ANSWER";

    /** The service went on as if nothing had happened. */
    static final String UNHARMED = "UNHARMED";

    static Attack attack(String name, String tried, String expected, Attempt attempt) {
        return new Attack(name, tried, Set.of(expected), false, attempt);
    }

    static Attack control(String name, String tried, Attempt attempt) {
        return new Attack(name, tried, Set.of(ACCEPTED), true, attempt);
    }

    /** Makes the attack. */
    @FunctionalInterface
    interface Attempt {
        Seen make() throws NodeException;
    }
}

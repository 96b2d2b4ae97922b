// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Answer;

/**
 * A registered instance that is run by hand.
 *
 * @param seed its own
 * @param granted what the orchestrator answered
 */
record Membership(SecretBytes seed, Answer.Granted granted) {
    /** Its papers for an operation. */
    Papers papers(String operation) {
        String compact = granted.tokens().stream()
                .filter(token -> Jwts.claims(token).getString("op").equals(operation))
                .findFirst()
                .orElseThrow();
        return Papers.of(compact, seed);
    }
}

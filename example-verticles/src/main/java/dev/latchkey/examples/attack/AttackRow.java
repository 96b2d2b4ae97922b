// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of one attack.
 *
 * @param control true for an honest message of the same construction, which has to arrive
 * @param tried what was done
 * @param expected what may end it
 * @param seen what did
 * @param handlerReached whether a handler got what it must not, or got a message twice
 * @param plaintextSeen whether the attacker or the wiretap read a secret of an honest message
 */
record AttackRow(
        String family,
        String name,
        boolean control,
        String tried,
        Set<String> expected,
        String seen,
        boolean handlerReached,
        boolean plaintextSeen) {

    boolean held() {
        return expected.contains(seen) && !handlerReached && !plaintextSeen;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("family", family)
                .put("name", name)
                .put("control", control)
                .put("tried", tried)
                .put("expected", new JsonArray(new TreeSet<>(expected).stream().toList()))
                .put("seen", seen)
                .put("handlerReached", handlerReached)
                .put("plaintextSeen", plaintextSeen)
                .put("held", held());
    }
}

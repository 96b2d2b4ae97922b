// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import io.vertx.core.json.JsonObject;

/**
 * What an attack got.
 *
 * @param name a short name, stable in reports
 * @param refused whether it was refused, or got nothing that it can read
 * @param reason why, as the refusing side counted it or the attacker was told
 * @param handlerReached whether a service's handler saw it
 * @param plaintextSeen whether the attacker saw the plaintext of somebody's message
 */
record AttackResult(String name, boolean refused, String reason, boolean handlerReached, boolean plaintextSeen) {

    boolean held() {
        return refused && !handlerReached && !plaintextSeen;
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("name", name)
                .put("refused", refused)
                .put("reason", reason)
                .put("handlerReached", handlerReached)
                .put("plaintextSeen", plaintextSeen);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import io.vertx.core.json.JsonObject;

/** One plaintext message of the attacker, which the wiretap has to see: or else it would see no other either. */
final class PlaintextControl {
    private PlaintextControl() {}

    static Attack sentBy(Field field) {
        JsonObject body = new JsonObject().put("id", "evil-control").put("note", field.control());
        return Attack.attack(
                "plaintext",
                "the control",
                "PLAINTEXT",
                () -> Field.seen(field.attacker(
                        "request", new JsonObject().put("address", Field.OPEN).put("body", body))));
    }
}

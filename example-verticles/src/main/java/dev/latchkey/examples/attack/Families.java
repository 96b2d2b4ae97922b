// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.util.List;

/** All families, in the order in which they attack. */
final class Families {
    private Families() {}

    static List<Family> of(Field field) {
        return List.of(
                new PlaintextAttacks(field), new ReplayAttacks(field), new TamperAttacks(field), new TokenAttacks(field));
    }
}

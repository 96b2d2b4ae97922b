// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import java.util.List;

/** All families, in the order in which they attack. */
final class Families {
    private Families() {}

    static List<Family> of(Field field) {
        return List.of(
                new PlaintextAttacks(field),
                new ReplayAttacks(field),
                new TamperAttacks(field),
                new TokenAttacks(field),
                new ReflectionAttacks(field),
                new ReplyAttacks(field),
                new InsiderAttacks(field),
                new NonceAttacks(field),
                new CollisionAttacks(field),
                new ResendAttacks(field),
                new RegistrationAttacks(field),
                new JoinTokenAttacks(field),
                new StateAttacks(field),
                new NoticeAttacks(field),
                new QuarantineAttacks(field),
                new SubscriptionAttacks(field),
                new RestartAttacks(field),
                new FloodAttacks(field));
    }
}

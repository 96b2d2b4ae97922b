// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import java.util.List;

/**
 * One ciphertext that opens under two keys. AES-GCM commits to no key; but a frame names its token, and so its key, and the name is part
 * of what is sealed.
 */
final class CollisionAttacks implements Family {
    /** A body of null, whatever comes behind it. */
    private static final byte[] NULL_BODY = {0, 0};

    private final Field field;

    CollisionAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "collision";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control(
                        "a ciphertext of two keys, by the first's name",
                        "it opens under either key, with the same header",
                        () -> sent("control", false)),
                attack(
                        "a ciphertext of two keys, by the other's name",
                        "the same, in a frame of the other token",
                        "TAMPERED",
                        () -> sent("evil", true)));
    }

    private Seen sent(String kind, boolean renamed) throws NodeException {
        Papers first = field.mole().papers("open_vault");
        Papers second = field.mole().papers("open_vault");
        Envelope envelope = field.request(Field.OPEN);
        byte[] text = Contents.json(field.id(kind));
        byte[] frame = colliding(first, second, envelope, text);
        return frame.length == 0
                ? Seen.told("NO_COLLISION")
                : field.ask(AttackNode.VAULT, envelope, renamed ? Frames.renamed(frame, second) : frame);
    }

    /** A frame of the first token, whose ciphertext opens under the second's key as well; empty if it does not. */
    private static byte[] colliding(Papers first, Papers second, Envelope envelope, byte[] text) throws NodeException {
        long now = System.currentTimeMillis();
        try (SecretBytes one = first.keys().requestKey();
                SecretBytes other = second.keys().requestKey()) {
            TwoKeys both = TwoKeys.of(
                    one.copy(), other.copy(), n -> Frames.associated(first, n, now, envelope), text, NULL_BODY);
            boolean collides = both.opensUnder(one, text) && both.opensUnder(other, NULL_BODY);
            return collides ? Frames.carrying(first, both.sequence(), now, both.sealed()) : new byte[0];
        }
    }
}

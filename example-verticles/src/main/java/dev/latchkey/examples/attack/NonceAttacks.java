// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for one key and nonce that sealed two messages. */
final class NonceAttacks implements Family {
    private static final String DISTINCT = "DISTINCT";
    private static final int MANY = 100;

    private final Field field;

    NonceAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "nonce";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack(
                        "one request, answered by two providers",
                        "replayed to a second node: the salts of the answers",
                        DISTINCT,
                        this::twoAnswers),
                attack(
                        "what the wiretap caught of honest traffic",
                        "no token or salt twice with one number",
                        DISTINCT,
                        this::onTheWire));
    }

    /** Both take it, as their memory is their own under {@code replay: node}; neither shares its key with the other. */
    private Seen twoAnswers() throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        byte[] frame = field.mole().papers("open_vault").request(envelope, Contents.json(field.id("twice")));
        byte[] first = field.ask(AttackNode.VAULT, envelope, frame).got();
        byte[] second = field.ask(AttackNode.OTHER_VAULT, envelope, frame).got();
        if (first.length == 0 || second.length == 0) {
            return Seen.told("NO_ANSWER");
        }
        boolean distinct = !Frames.salt(first).equals(Frames.salt(second));
        return Seen.told(distinct ? DISTINCT : "NONCE_REUSED", first);
    }

    /** Only honest messages are under way meanwhile. */
    private Seen onTheWire() throws NodeException {
        Set<String> seen = new HashSet<>();
        int frames = 0;
        for (byte[] wire : field.honestFrames(MANY)) {
            frames++;
            seen.add(Frames.nonce(Captured.of(wire).body()));
        }
        return Seen.told(frames >= MANY && seen.size() == frames ? DISTINCT : seen.size() + " of " + frames);
    }
}

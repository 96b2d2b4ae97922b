// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** True messages, a second time. */
final class ReplayAttacks implements Family {
    private static final String REPLAYED = "REPLAYED";
    private static final String PAY = "bank.pay";
    private static final String VOTE = "bank.vote";
    private static final long MINUTES = 120_000;

    private final Field field;

    ReplayAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "replay";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack("to the same node", "captured bytes on a raw socket", REPLAYED, () -> again(room(), 1)),
                attack("fifty times at once", "one write of fifty copies", REPLAYED, () -> again(room(), 50)),
                attack("a publish, to the same node", "captured bytes", REPLAYED, this::publish),
                attack(
                        "to another node, replay: sender",
                        "the sending instance is asked",
                        REPLAYED,
                        () -> everywhere(PAY)),
                attack(
                        "to another node, replay: cluster",
                        "the claim stands in the cluster's map",
                        REPLAYED,
                        () -> everywhere(VOTE)),
                control("sent now", "a frame made by hand", () -> sentAt(0)),
                attack(
                        "sent too long ago",
                        "the same, made to be two minutes old",
                        "STALE_MESSAGE",
                        () -> sentAt(-MINUTES)),
                attack("sent in the future", "the same, two minutes ahead", "STALE_MESSAGE", () -> sentAt(MINUTES)),
                attack("own number used twice", "two contents under one number", REPLAYED, this::numberTwice));
    }

    private static String room() {
        return VaultNode.ROOM + AttackNode.VAULT;
    }

    private Seen again(String address, int count) throws NodeException {
        return field.write(AttackNode.VAULT, field.capture(address).wire(), count);
    }

    private Seen publish() throws NodeException {
        field.tell(
                AttackNode.TELLER,
                "publish",
                new JsonObject().put("address", room()).put("id", field.id("shot")));
        byte[] wire = field.captured(room());
        return field.write(AttackNode.VAULT, wire);
    }

    /** To both nodes, of which one has taken it. */
    private Seen everywhere(String address) throws NodeException {
        byte[] wire = field.capture(address).wire();
        field.write(AttackNode.VAULT, wire);
        return field.write(AttackNode.OTHER_VAULT, wire);
    }

    private Seen sentAt(long off) throws NodeException {
        Papers papers = field.forge().papers(field.forge().grant());
        Envelope envelope = field.request(Field.OPEN);
        byte[] content = Contents.json(field.id(off == 0 ? "control" : "evil"));
        return field.ask(
                AttackNode.VAULT, envelope, papers.request(envelope, content, System.currentTimeMillis() + off));
    }

    /** An insider that uses a nonce twice: the second content is never opened for a handler. */
    private Seen numberTwice() throws NodeException {
        Papers papers = field.mole().papers("open_vault");
        Envelope envelope = field.request(Field.OPEN);
        field.ask(AttackNode.VAULT, envelope, papers.request(envelope, Contents.json(field.id("control"))));
        Envelope second = field.request(Field.OPEN);
        between(second);
        byte[] again = papers.fromZero().request(second, Contents.json(field.id("evil")));
        return field.ask(AttackNode.VAULT, second, again);
    }

    /** The platform's cipher notices a nonce that comes twice in a row; with another key in between it does not. */
    private void between(Envelope envelope) {
        field.forge().papers(field.forge().grant()).request(envelope, Contents.json("unsent"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.UnaryOperator;

/** A request of an insider, right in every byte, and then changed in one place; and the same in another envelope. */
final class TamperAttacks implements Family {
    private static final String TAMPERED = "TAMPERED";
    private static final String MALFORMED = "MALFORMED";
    private static final String BAD_TOKEN = "BAD_TOKEN";
    private static final int FLAGS = 1;
    private static final int TOKEN_ID = 2;
    private static final int SEQUENCE = 18;
    private static final int SENT_AT = 26;

    private final Field field;

    TamperAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "tampering";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control("as it was made", "an insider's frame", () -> changed("control", body -> body)),
                byteChanged("ciphertext", TAMPERED, -20),
                byteChanged("tag", TAMPERED, -1),
                byteChanged("sequence number", TAMPERED, SEQUENCE + 7),
                byteChanged("send time", TAMPERED, SENT_AT + 7),
                byteChanged("token id", BAD_TOKEN, TOKEN_ID + 15),
                byteChanged("version", MALFORMED, 0),
                attack(
                        "unknown flag",
                        "bit 2 of the flags",
                        MALFORMED,
                        () -> changed("evil", body -> Field.changed(body, FLAGS, 4))),
                attack(
                        "request made a reply",
                        "flag 0 set beside the token's",
                        MALFORMED,
                        () -> changed("evil", body -> Field.changed(body, FLAGS, 1))),
                attack("cut short", "the last byte is missing", TAMPERED, () -> changed("evil", TamperAttacks::cut)),
                attack(
                        "token's length",
                        "one more than it is",
                        BAD_TOKEN,
                        () -> changed("evil", body -> Field.changed(body, 35, 1))),
                attack(
                        "a negative token length",
                        "ffff where the token's length stands",
                        MALFORMED,
                        () -> changed("evil", TamperAttacks::longToken)),
                attack(
                        "other address of the operation",
                        "sealed for one room, sent to another",
                        TAMPERED,
                        () -> moved(e -> new Envelope(VaultNode.ROOM + AttackNode.VAULT, e.replyAddress(), true))),
                attack(
                        "address of another operation",
                        "sealed for vault.open, sent to bank.pay",
                        "OUT_OF_SCOPE",
                        () -> moved(e -> new Envelope("bank.pay", e.replyAddress(), true))),
                attack(
                        "reply address replaced",
                        "the answer shall come to the attacker",
                        TAMPERED,
                        () -> moved(e -> field.request(Field.OPEN))),
                attack(
                        "reply address removed",
                        "a request becomes a send",
                        TAMPERED,
                        () -> moved(e -> new Envelope(Field.OPEN, null, true))),
                attack("reply address added", "a send becomes a request", TAMPERED, this::replyAddressAdded),
                attack(
                        "a send turned publish",
                        "one byte of Vert.x's header",
                        TAMPERED,
                        () -> moved(e -> new Envelope(Field.OPEN, e.replyAddress(), false))),
                attack("a publish turned send", "one byte of Vert.x's header", TAMPERED, this::publishTurnedSend),
                attack(
                        "a header of the attacker's",
                        "outside of the seal, as a tracer's",
                        "HEADER_DROPPED",
                        this::headerAdded));
    }

    private Attack byteChanged(String what, String expected, int offset) {
        return attack(
                what + " changed",
                "one bit of it",
                expected,
                () -> changed("evil", body -> Field.changed(body, offset, 1)));
    }

    private byte[] made(Envelope envelope, String kind) {
        return field.forge().papers(field.forge().grant()).request(envelope, Contents.json(field.id(kind)));
    }

    private Seen changed(String kind, UnaryOperator<byte[]> change) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, change.apply(made(envelope, kind)));
    }

    private static byte[] cut(byte[] body) {
        return Buffer.buffer(body).getBytes(0, body.length - 1);
    }

    private static byte[] longToken(byte[] body) {
        return Buffer.buffer(body).setShort(34, (short) -1).getBytes();
    }

    private Seen moved(UnaryOperator<Envelope> move) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, move.apply(envelope), made(envelope, "evil"));
    }

    private Seen replyAddressAdded() throws NodeException {
        return field.ask(
                AttackNode.VAULT, field.request(Field.OPEN), made(new Envelope(Field.OPEN, null, true), "evil"));
    }

    private Seen publishTurnedSend() throws NodeException {
        return field.ask(
                AttackNode.VAULT,
                new Envelope(Field.OPEN, null, true),
                made(new Envelope(Field.OPEN, null, false), "evil"));
    }

    /** Headers outside of the seal are tracers', and reach no handler: it tells how many it got. */
    private Seen headerAdded() throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        byte[] wire = field.wire(envelope, made(envelope, "control"));
        return Seen.told(HeaderOutside.isDropped(field, envelope, wire) ? "HEADER_DROPPED" : "HEADER_SEEN");
    }
}

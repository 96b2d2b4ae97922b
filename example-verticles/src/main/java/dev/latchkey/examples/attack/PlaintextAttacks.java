// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Messages that are not sealed, by every codec that the plain bus has. */
final class PlaintextAttacks implements Family {
    private static final String PLAINTEXT = "PLAINTEXT";

    private final Field field;

    PlaintextAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "plaintext";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack("json on the plain bus", "request as any code would send it", PLAINTEXT, this::onTheBus),
                system("string", Contents.STRING, Contents.text("evil")),
                system("null", (byte) 0, Buffer.buffer()),
                system("buffer", (byte) 11, Contents.text("evil")),
                system("json with an honest look", Contents.JSON_OBJECT, Contents.text("{\"id\":\"evil-json\"}")),
                system("ReplyException", Contents.REPLY_EXCEPTION, replyException()),
                system("Serializable", Contents.SERIALIZABLE, serialized(new ArrayList<>(List.of("evil")))),
                system(
                        "ClusterSerializable",
                        Contents.CLUSTER_SERIALIZABLE,
                        Contents.text("io.vertx.core.json.JsonObject")),
                attack(
                        "unknown user codec",
                        "body of a codec that the victim has not",
                        Attack.DROPPED,
                        this::unknownCodec),
                attack("secure codec, empty body", "nothing where the frame should be", "MALFORMED", this::emptyFrame),
                attack(
                        "publish in plaintext",
                        "for every subscriber, with no reply address",
                        PLAINTEXT,
                        this::publish));
    }

    private Seen onTheBus() throws NodeException {
        JsonObject body = new JsonObject().put("id", "evil-bus").put("note", field.control());
        return Field.seen(field.attacker(
                "request", new JsonObject().put("address", Field.OPEN).put("body", body)));
    }

    private Attack system(String name, byte codec, Buffer body) {
        return attack(name + " by system codec", "codec " + codec + " on a raw socket", PLAINTEXT, () -> {
            Envelope envelope = field.request(Field.OPEN);
            byte[] wire = RawFrame.system(
                            codec,
                            envelope.address(),
                            String.valueOf(envelope.replyAddress()),
                            field.sender(),
                            body.getBytes())
                    .getBytes();
            return Field.seen(field.attacker(
                    "ask",
                    new JsonObject()
                            .put("port", field.port(AttackNode.VAULT))
                            .put("reply", envelope.replyAddress())
                            .put("wire", wire)));
        });
    }

    /** A failure where a request should be: type 2, code 0, no text. */
    private static Buffer replyException() {
        return Buffer.buffer().appendByte((byte) 2).appendInt(0).appendByte((byte) 0);
    }

    private static Buffer serialized(Object body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ObjectOutputStream objects = new ObjectOutputStream(out)) {
            objects.writeObject(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer().appendInt(out.size()).appendBytes(out.toByteArray());
    }

    private Seen unknownCodec() throws NodeException {
        byte[] wire = RawFrame.message("nobody's codec", true, Field.OPEN, "", "spoofed", new byte[8])
                .getBytes();
        return field.write(AttackNode.VAULT, wire);
    }

    private Seen emptyFrame() throws NodeException {
        return field.ask(AttackNode.VAULT, field.request(Field.OPEN), new byte[0]);
    }

    private Seen publish() throws NodeException {
        byte[] body = Contents.text("{\"id\":\"evil-publish\"}").getBytes();
        byte[] wire = RawFrame.system(Contents.JSON_OBJECT, false, Field.OPEN, "", "spoofed", body)
                .getBytes();
        return field.write(AttackNode.VAULT, wire);
    }
}

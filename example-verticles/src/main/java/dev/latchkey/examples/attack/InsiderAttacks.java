// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** A legitimate service that oversteps: with its own true tokens, and contents that no honest codec writes. */
final class InsiderAttacks implements Family {
    private static final String UNREADABLE = "UNREADABLE_BODY";
    private static final int DEEP = 100_000;
    private static final int BOMB_LEVELS = 40;

    private final Field field;

    InsiderAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "insider";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control(
                        "as it may",
                        "the mole opens the vault",
                        () -> sent(Field.OPEN, Contents.json(field.id("control")))),
                attack(
                        "another operation's address",
                        "its token for open_vault, at bank.pay",
                        "OUT_OF_SCOPE",
                        () -> sent("bank.pay", Contents.json("evil-pay"))),
                attack(
                        "another instance's token id",
                        "its own keys under the other's name",
                        "TAMPERED",
                        this::anotherName),
                attack(
                        "one frame under two of its tokens",
                        "two token ids, one ciphertext",
                        "TAMPERED",
                        this::twoNames),
                bomb(
                        "json nested a hundred thousand deep",
                        Contents.JSON_OBJECT,
                        Contents.text("{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP))),
                bomb(
                        "a text of two gigabytes, declared",
                        Contents.STRING,
                        Buffer.buffer().appendInt(Integer.MAX_VALUE)),
                bomb(
                        "a text of negative length",
                        Contents.STRING,
                        Buffer.buffer().appendInt(-1)),
                bomb(
                        "bytes of two gigabytes, declared",
                        (byte) 12,
                        Buffer.buffer().appendInt(Integer.MAX_VALUE - 8)),
                bomb("a Serializable that doubles forty times", Contents.SERIALIZABLE, serialized(doubling())),
                bomb(
                        "a Serializable of a class that is not allowed",
                        Contents.SERIALIZABLE,
                        serialized(new PriorityQueue<>(Set.of("x")))),
                bomb(
                        "a ClusterSerializable of any class",
                        Contents.CLUSTER_SERIALIZABLE,
                        Contents.text("java.lang.ProcessBuilder")),
                bomb("a ping", (byte) 1, Buffer.buffer()),
                bomb("a system codec that is none", (byte) 99, Buffer.buffer()),
                bomb("a user codec that nobody has", Contents.USER, Contents.text("nobody's")),
                bomb("the secure codec inside itself", Contents.USER, Contents.text("lk")),
                content(
                        "unknown flags",
                        Buffer.buffer()
                                .appendByte((byte) 8)
                                .appendByte(Contents.STRING)
                                .appendInt(0)),
                content(
                        "two thousand million headers",
                        Buffer.buffer()
                                .appendByte((byte) 1)
                                .appendByte((byte) 0)
                                .appendInt(Integer.MAX_VALUE)),
                content(
                        "a negative number of headers",
                        Buffer.buffer()
                                .appendByte((byte) 1)
                                .appendByte((byte) 0)
                                .appendInt(-5)),
                content("no content at all", Buffer.buffer()));
    }

    private Seen sent(String address, byte[] content) throws NodeException {
        Envelope envelope = field.request(address);
        return field.ask(
                AttackNode.VAULT, envelope, field.mole().papers("open_vault").request(envelope, content));
    }

    private Attack bomb(String name, byte codec, Buffer body) {
        return content(name, Buffer.buffer(Contents.of(codec, body)));
    }

    /** The refusal is sealed, as the sender is authentic: so the victim's counter tells the reason. */
    private Attack content(String name, Buffer content) {
        return attack(name, "as sealed content", UNREADABLE, () -> {
            sent(Field.OPEN, content.getBytes());
            return Seen.silence();
        });
    }

    private Seen anotherName() throws NodeException {
        Papers own = field.mole().papers("open_vault");
        Papers other = field.mole().papers("open_vault");
        Envelope envelope = field.request(Field.OPEN);
        byte[] content = Contents.json(field.id("evil"));
        return field.ask(
                AttackNode.VAULT,
                envelope,
                own.under(other.compact(), other.id()).request(envelope, content));
    }

    /** AES-GCM commits to no key; but a frame names its token, and so its key, and the name is part of what is sealed. */
    private Seen twoNames() throws NodeException {
        Papers first = field.mole().papers("open_vault");
        Papers second = field.mole().papers("open_vault");
        Envelope envelope = field.request(Field.OPEN);
        byte[] frame = first.request(envelope, Contents.json(field.id("control")));
        field.ask(AttackNode.VAULT, envelope, frame);
        byte[] content = Contents.json(field.id("control"));
        field.ask(AttackNode.VAULT, field.request(Field.OPEN), second.request(field.request(Field.OPEN), content));
        byte[] renamed = Frames.renamed(frame, second);
        return field.ask(AttackNode.VAULT, envelope, renamed);
    }

    /** Sets of sets: a few kilobytes whose hash code takes two to the fortieth steps. */
    private static Object doubling() {
        Set<Object> root = new HashSet<>();
        Set<Object> left = root;
        Set<Object> right = new HashSet<>();
        for (int i = 0; i < BOMB_LEVELS; i++) {
            Set<Object> nextLeft = new HashSet<>();
            Set<Object> nextRight = new HashSet<>();
            nextLeft.add("x");
            left.add(nextLeft);
            left.add(nextRight);
            right.add(nextLeft);
            right.add(nextRight);
            left = nextLeft;
            right = nextRight;
        }
        return root;
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
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.UNHARMED;
import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Much of what is refused. What it leaves behind in its victims is measured over all floods together. */
final class FloodAttacks implements Family {
    private static final int TOKENS = 20_000;
    private static final int REGISTRATIONS = 3_000;
    private static final int REPLAYS = 20_000;
    private static final int SOCKETS = 200;

    private final Field field;

    FloodAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "flood";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack(
                        "unknown tokens",
                        TOKENS + " frames, each with a token id of its own",
                        UNHARMED,
                        () -> measured(this::unknownTokens)),
                attack("one frame replayed", REPLAYS + " copies", UNHARMED, () -> measured(this::replays)),
                attack("plaintext", REPLAYS + " messages", UNHARMED, () -> measured(this::plaintext)),
                attack(
                        "registrations of garbage",
                        REGISTRATIONS + " questions",
                        UNHARMED,
                        () -> measured(this::registrations)),
                attack(
                        "frames of two gigabytes, declared",
                        SOCKETS + " sockets that say so and go on to nothing",
                        UNHARMED,
                        () -> measured(() -> half(Integer.MAX_VALUE))),
                attack(
                        "half-open frames",
                        SOCKETS + " sockets with half a message",
                        UNHARMED,
                        () -> measured(() -> half(4096))),
                attack("a frame of negative length", "on a socket of its own", Attack.DROPPED, () -> length(-1)),
                attack("a frame of no length", "on a socket of its own", Attack.DROPPED, () -> length(0)));
    }

    /** A flood. */
    @FunctionalInterface
    private interface Flood {
        void make() throws NodeException;
    }

    private Seen measured(Flood flood) throws NodeException {
        List<HeapGrowth> before = field.measureHeaps(field.heaps());
        flood.make();
        Seen seen = field.unharmed();
        field.attacker("release", new JsonObject());
        field.measureHeaps(before);
        return seen;
    }

    private void unknownTokens() throws NodeException {
        Buffer all = Buffer.buffer();
        for (int i = 0; i < TOKENS; i++) {
            Buffer frame = Buffer.buffer()
                    .appendByte((byte) 1)
                    .appendByte((byte) 0)
                    .appendBytes(SecretBytes.random(16).copy())
                    .appendLong(i)
                    .appendLong(System.currentTimeMillis())
                    .appendBytes(new byte[64]);
            all.appendBytes(field.wire(new Envelope(Field.OPEN, null, true), frame.getBytes()));
        }
        field.write(AttackNode.VAULT, all.getBytes());
    }

    private void replays() throws NodeException {
        byte[] wire = field.capture(VaultNode.ROOM + AttackNode.VAULT).wire();
        field.write(AttackNode.VAULT, wire, REPLAYS);
    }

    private void plaintext() throws NodeException {
        byte[] body = Contents.text("{\"id\":\"evil-flood\"}").getBytes();
        byte[] wire = RawFrame.system(Contents.JSON_OBJECT, Field.OPEN, "", field.sender(), body)
                .getBytes();
        field.write(AttackNode.VAULT, wire, REPLAYS);
    }

    private void registrations() throws NodeException {
        byte[] body = Contents.text("x".repeat(1024)).getBytes();
        byte[] wire = RawFrame.system((byte) 11, RegistrationWire.ADDRESS, "", field.sender(), body)
                .getBytes();
        field.write(AttackNode.ORCHESTRATOR, wire, REGISTRATIONS);
    }

    private void half(int declared) throws NodeException {
        byte[] begun =
                Buffer.buffer().appendInt(declared).appendBytes(new byte[1000]).getBytes();
        field.attacker(
                "hold",
                new JsonObject()
                        .put("port", field.port(AttackNode.VAULT))
                        .put("wire", begun)
                        .put("count", SOCKETS));
    }

    private Seen length(int declared) throws NodeException {
        return field.write(
                AttackNode.VAULT,
                Buffer.buffer().appendInt(declared).appendBytes(new byte[100]).getBytes());
    }
}

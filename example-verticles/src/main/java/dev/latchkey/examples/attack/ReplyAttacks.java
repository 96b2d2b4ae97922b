// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.crypto.ReplySide;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.eventbus.wire.FrameWriter;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.RawFrame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Answers that are not the provider's, sent while the caller waits for the true one. */
final class ReplyAttacks implements Family {
    private static final String ROOM = VaultNode.ROOM + AttackNode.VAULT;
    private static final int SLOW_MILLIS = 1_500;
    private static final int QUICK_MILLIS = 60;

    private final Field field;

    ReplyAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "reply";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack(
                        "a forged reply in plaintext",
                        "json to the reply address; the true answer comes later",
                        "PLAINTEXT",
                        () -> race(this::plaintext)),
                attack(
                        "a forged reply, sealed by some key",
                        "random keys",
                        "TAMPERED",
                        () -> race(to -> sealed(to, stranger()))),
                attack("a forged reply by an insider", "sealed by keys of another service", "TAMPERED", this::insiders),
                attack(
                        "a forged reply of random bytes",
                        "no frame at all",
                        "MALFORMED",
                        () -> race(to -> Field.wire(to, field.sender(), new byte[8]))),
                attack("a hundred forged replies", "before the true one", "TAMPERED", this::hundred),
                new Attack(
                        "a forged failure, long before the answer",
                        "tells the caller that the provider failed",
                        Set.of("UNAUTHENTICATED_FAILURE"),
                        false,
                        () -> failure(SLOW_MILLIS)),
                new Attack(
                        "a forged failure in a race",
                        "within what the true answer takes",
                        Set.of(Attack.TRUE_ANSWER),
                        false,
                        () -> failure(QUICK_MILLIS)),
                attack(
                        "a forged refusal of Latchkey's",
                        "with a code of Latchkey's: it ends as that refusal, never as an answer",
                        "OVERLOADED",
                        this::refusal));
    }

    /** What is written to the teller for a reply address. */
    @FunctionalInterface
    private interface Forgery {
        byte[] to(Envelope reply) throws NodeException;
    }

    /** The victim has to count the forgery, and its request still has to end with the true answer. */
    private Seen race(Forgery forgery) throws NodeException {
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), SLOW_MILLIS);
        field.write(AttackNode.TELLER, forgery.to(waiting()));
        return field.trueAnswer(request);
    }

    private Envelope waiting() throws NodeException {
        return new Envelope(String.valueOf(field.waitingFor(ROOM).envelope().replyAddress()), null, true);
    }

    private byte[] plaintext(Envelope reply) throws NodeException {
        byte[] body = Contents.text("{\"secret\":\"forged\"}").getBytes();
        return RawFrame.system(Contents.JSON_OBJECT, reply.address(), "", field.sender(), body)
                .getBytes();
    }

    private byte[] sealed(Envelope reply, Papers papers) throws NodeException {
        byte[] salt = SecretBytes.random(16).copy();
        try (SecretBytes key = papers.keys().replyKey(ReplySide.PROVIDER, salt);
                SealingKey sealing = new SealingKey(key)) {
            byte[] frame = FrameWriter.reply(sealing, salt, System.currentTimeMillis(), reply, Contents.json("forged"));
            return field.wire(reply, frame);
        }
    }

    private Papers stranger() {
        return field.forge().papers(field.forge().grant());
    }

    private Seen insiders() throws NodeException {
        Papers own = field.mole().papers("open_vault");
        return race(to -> sealed(to, own));
    }

    private Seen hundred() throws NodeException {
        return race(to -> {
            Buffer all = Buffer.buffer();
            for (int i = 0; i < 100; i++) {
                all.appendBytes(sealed(to, stranger()));
            }
            return all.getBytes();
        });
    }

    /** As what the caller's future ends: told apart from the provider's own failures, or not at all. */
    private Seen failure(int waitMillis) throws NodeException {
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), waitMillis);
        field.write(AttackNode.TELLER, failure(waiting(), 400));
        return Seen.told(field.outcome(request));
    }

    private Seen refusal() throws NodeException {
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), SLOW_MILLIS);
        field.write(AttackNode.TELLER, failure(waiting(), -7014));
        return Seen.told(field.outcome(request));
    }

    private byte[] failure(Envelope reply, int code) throws NodeException {
        return failure(field, reply, code);
    }

    /** A provider's failure in the clear, of which anybody could be the author. */
    static byte[] failure(Field field, Envelope reply, int code) throws NodeException {
        byte[] body = Buffer.buffer()
                .appendByte((byte) 2)
                .appendInt(code)
                .appendByte((byte) 1)
                .appendBuffer(Contents.text("no such vault"))
                .getBytes();
        return RawFrame.system(Contents.REPLY_EXCEPTION, reply.address(), "", field.sender(), body)
                .getBytes();
    }
}

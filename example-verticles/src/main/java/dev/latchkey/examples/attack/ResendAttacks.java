// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.token.TokenId;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Messages that stand for another one, as a request has that is sent again: at most one of both is taken. */
final class ResendAttacks implements Family {
    private static final String REPLAYED = "REPLAYED";
    private static final String ROOM = VaultNode.ROOM + AttackNode.VAULT;
    private static final int SLOW_MILLIS = 1_500;

    /** Numbers of messages that were never sent. */
    private static final long UNUSED = 5_000;

    private final Field field;

    ResendAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "resend";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control("in the place of a message that got lost", "the mole's, as it may", () -> {
                    Papers papers = papers();
                    return ask(papers, again("control", papers, UNUSED));
                }),
                attack("the first message, after the second", "held back meanwhile", REPLAYED, this::firstAfterSecond),
                attack("the second message, after the first", "the first was taken", REPLAYED, this::secondAfterFirst),
                attack("a third message for the same first", "the second was taken", REPLAYED, this::third),
                attack("the second message, replayed", "the very bytes", REPLAYED, this::replayed),
                attack(
                        "in the place of another instance's message",
                        "of the teller, to have its next one refused",
                        "OUT_OF_SCOPE",
                        this::anothers),
                attack("a name cut short", "the flag, and nothing behind it", "UNREADABLE_BODY", this::cutShort),
                attack(
                        "a forged refusal, so that the caller sends again",
                        "STALE_EPOCH in the clear, while the provider is at work",
                        REPLAYED,
                        this::forgedRefusal));
    }

    private Papers papers() throws NodeException {
        return field.mole().papers("open_vault");
    }

    private byte[] again(String kind, Papers papers, long sequence) {
        return Contents.again(field.id(kind), papers.id(), sequence);
    }

    private Seen ask(Papers papers, byte[] content) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, papers.request(envelope, content));
    }

    private Seen firstAfterSecond() throws NodeException {
        Papers papers = papers();
        Envelope envelope = field.request(Field.OPEN);
        byte[] first = papers.request(envelope, Contents.json(field.id("evil")));
        Seen second = ask(papers, again("control", papers, Frames.sequence(first)));
        return taken(second) ? field.ask(AttackNode.VAULT, envelope, first) : notTaken(second);
    }

    private Seen secondAfterFirst() throws NodeException {
        Papers papers = papers();
        Envelope envelope = field.request(Field.OPEN);
        byte[] first = papers.request(envelope, Contents.json(field.id("control")));
        Seen seen = field.ask(AttackNode.VAULT, envelope, first);
        return taken(seen) ? ask(papers, again("evil", papers, Frames.sequence(first))) : notTaken(seen);
    }

    private Seen third() throws NodeException {
        Papers papers = papers();
        Seen second = ask(papers, again("control", papers, UNUSED));
        return taken(second) ? ask(papers, again("evil", papers, UNUSED)) : notTaken(second);
    }

    private Seen replayed() throws NodeException {
        Papers papers = papers();
        Envelope envelope = field.request(Field.OPEN);
        byte[] second = papers.request(envelope, again("control", papers, UNUSED));
        Seen seen = field.ask(AttackNode.VAULT, envelope, second);
        return taken(seen) ? field.ask(AttackNode.VAULT, envelope, second) : notTaken(seen);
    }

    private static boolean taken(Seen seen) {
        return seen.reason().equals(Attack.ACCEPTED);
    }

    private static Seen notTaken(Seen seen) {
        return Seen.told("NOT_EVEN_ONCE: " + seen.reason());
    }

    private Seen anothers() throws NodeException {
        byte[] frame = field.capture(Field.OPEN).body();
        TokenId tellers = TokenId.read(frame, Frames.NAME);
        return ask(papers(), Contents.again(field.id("evil"), tellers, Frames.sequence(frame) + UNUSED));
    }

    /** The refusal is sealed, as the sender is authentic: so the victim's counter tells the reason. */
    private Seen cutShort() throws NodeException {
        Papers papers = papers();
        ask(papers, Buffer.buffer(again("evil", papers, UNUSED)).getBytes(0, TokenId.LENGTH));
        return Seen.silence();
    }

    /** The library sends again, and the vault has to say that it has the first one; its handler must have run once. */
    private Seen forgedRefusal() throws NodeException {
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), SLOW_MILLIS);
        Captured waiting = field.waitingFor(ROOM);
        Envelope reply = new Envelope(String.valueOf(waiting.envelope().replyAddress()), null, true);
        field.write(AttackNode.TELLER, ReplyAttacks.failure(field, reply, DenialReason.STALE_EPOCH.code()));
        String outcome = field.outcome(request);
        return outcome.equals(DenialReason.STALE_EPOCH.name()) ? Seen.silence() : Seen.told(outcome);
    }
}

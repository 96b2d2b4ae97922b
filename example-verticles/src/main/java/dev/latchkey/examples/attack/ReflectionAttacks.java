// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** True frames, sent where they were not meant to go. */
final class ReflectionAttacks implements Family {
    private static final String ROOM = VaultNode.ROOM + AttackNode.VAULT;
    private static final int SLOW_MILLIS = 1_500;

    private final Field field;

    ReflectionAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "reflection";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack(
                        "a request to its own reply address",
                        "the teller gets back what it sent",
                        "MALFORMED",
                        this::requestAsReply),
                attack(
                        "a reply sent as a request",
                        "the vault gets back what it answered",
                        "MALFORMED",
                        this::replyAsRequest),
                attack(
                        "a reply to another request",
                        "a true answer, under another's reply address",
                        "TAMPERED",
                        this::replyElsewhere),
                new Attack(
                        "a request to its sender's address",
                        "to what the teller itself provides",
                        Set.of("OUT_OF_SCOPE", "UNKNOWN_TOKEN"),
                        false,
                        this::toItsSender));
    }

    private Seen requestAsReply() throws NodeException {
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), SLOW_MILLIS);
        Captured captured = field.waitingFor(ROOM);
        Envelope back = new Envelope(String.valueOf(captured.envelope().replyAddress()), null, true);
        field.write(AttackNode.TELLER, captured.in(back));
        return field.trueAnswer(request);
    }

    private Captured reply() throws NodeException {
        Captured request = field.capture(ROOM);
        return Captured.of(field.captured(String.valueOf(request.envelope().replyAddress())));
    }

    private Seen replyAsRequest() throws NodeException {
        return field.write(AttackNode.VAULT, reply().in(new Envelope(Field.OPEN, null, true)));
    }

    private Seen replyElsewhere() throws NodeException {
        Captured reply = reply();
        CompletableFuture<JsonObject> request = field.honest(ROOM, field.id("shot"), SLOW_MILLIS);
        String waiting = String.valueOf(field.waitingFor(ROOM).envelope().replyAddress());
        field.write(AttackNode.TELLER, reply.in(new Envelope(waiting, null, true)));
        return field.trueAnswer(request);
    }

    private Seen toItsSender() throws NodeException {
        Captured captured = field.capture(ROOM);
        return field.write(AttackNode.TELLER, captured.in(new Envelope("teller.ring", null, true)));
    }
}

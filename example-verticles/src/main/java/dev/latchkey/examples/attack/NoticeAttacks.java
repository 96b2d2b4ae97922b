// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.UNHARMED;
import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Notice;
import dev.latchkey.eventbus.registration.Revocations;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Orchestrators' notices: forged, replayed, flooded, kept away. */
final class NoticeAttacks implements Family {
    private static final long FAR = Long.MAX_VALUE / 2;
    private static final String FORGED = "FORGED_NOTICE";

    private final Field field;

    NoticeAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "notice";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack("forged: the teller is revoked", "signed by the attacker's key", FORGED, this::forged),
                attack("forged: of another realm", "the true key, another trust domain", FORGED, this::otherRealm),
                attack(
                        "a true one with another number",
                        "so that later ones would be dropped",
                        FORGED,
                        this::renumbered),
                attack("a true one, replayed", "that of an earlier revocation", UNHARMED, this::replayed),
                attack(
                        "garbage",
                        "random bytes, and text",
                        UNHARMED,
                        () -> published(SecretBytes.random(200).copy(), 1)),
                attack("longer than allowed", "300 KiB with the highest number", UNHARMED, this::tooLong),
                attack("a flood of forged ones", "three thousand", FORGED, this::flood),
                attack("a revoked service goes on", "its notice came", "REVOKED", () -> afterRevocation(false)),
                attack(
                        "its notice is kept away",
                        "the vault's subscription removed",
                        "REVOKED",
                        () -> afterRevocation(true)));
    }

    private Revocations tellerRevoked(long number) {
        return new Revocations(number, 0, Map.of(), Map.of("teller", FAR), Map.of("open_vault", FAR));
    }

    private Seen forged() throws NodeException {
        try (SigningKey own = SigningKey.generate()) {
            return published(Notice.sign(tellerRevoked(FAR), own, Forge.DOMAIN).getBytes(), 1, Seen.silence());
        }
    }

    private Seen otherRealm() throws NodeException {
        byte[] notice = Notice.sign(tellerRevoked(FAR), field.forge().signing(), "other.latchkey")
                .getBytes();
        return published(notice, 1, Seen.silence());
    }

    private byte[] trueNotice() throws NodeException {
        field.attacker("listen", new JsonObject().put("address", Notice.ADDRESS));
        String instance = field.mole().granted().instance();
        field.tell(AttackNode.ORCHESTRATOR, "revoke", new JsonObject().put("instance", instance));
        byte[] heard = {};
        for (Patience patience = new Patience(10); heard.length == 0 && patience.waits(); ) {
            heard = field.heard();
        }
        field.attacker("deafen", new JsonObject().put("address", Notice.ADDRESS));
        return heard;
    }

    private Seen renumbered() throws NodeException {
        byte[] notice = Buffer.buffer(trueNotice()).setLong(1, FAR).getBytes();
        return published(notice, 1, Seen.silence());
    }

    private Seen replayed() throws NodeException {
        byte[] old = trueNotice();
        trueNotice();
        return published(old, 3);
    }

    private Seen tooLong() throws NodeException {
        return published(
                Buffer.buffer(new byte[300 * 1024])
                        .setByte(0, (byte) 1)
                        .setLong(1, FAR)
                        .getBytes(),
                1);
    }

    private Seen flood() throws NodeException {
        try (SigningKey own = SigningKey.generate()) {
            return published(Notice.sign(tellerRevoked(FAR), own, Forge.DOMAIN).getBytes(), 3_000, Seen.silence());
        }
    }

    private Seen published(byte[] notice, int count) throws NodeException {
        published(notice, count, Seen.silence());
        return field.unharmed();
    }

    private Seen published(byte[] notice, int count, Seen seen) throws NodeException {
        field.attacker(
                "publish",
                new JsonObject()
                        .put("address", Notice.ADDRESS)
                        .put("bytes", notice)
                        .put("count", count));
        return seen;
    }

    /** The mole is taken before, and refused afterwards; without the notice, once the vault has renewed. */
    private Seen afterRevocation(boolean keptAway) throws NodeException {
        Membership member = field.mole();
        Papers papers = member.papers("open_vault");
        Seen before = ask(papers, "control");
        if (!before.reason().equals(Attack.ACCEPTED)) {
            return Seen.told("NOT_EVEN_BEFORE: " + before.reason());
        }
        return keptAway ? withoutNotice(member, papers) : revoke(member, papers);
    }

    private Seen withoutNotice(Membership member, Papers papers) throws NodeException {
        JsonObject subscription = new JsonObject().put("address", Notice.ADDRESS);
        field.attacker("stealSubscriptions", subscription);
        try {
            return revoke(member, papers);
        } finally {
            field.attacker("returnSubscriptions", subscription);
        }
    }

    private Seen revoke(Membership member, Papers papers) throws NodeException {
        JsonObject instance = new JsonObject().put("instance", member.granted().instance());
        field.tell(AttackNode.ORCHESTRATOR, "revoke", instance);
        Seen seen = ask(papers, "control");
        for (Patience patience = new Patience(12); seen.reason().equals(Attack.ACCEPTED) && patience.waits(); ) {
            seen = ask(papers, "control");
        }
        return seen;
    }

    private Seen ask(Papers papers, String kind) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, papers.request(envelope, Contents.json(field.id(kind))));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.UNHARMED;
import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.Alarm;
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

    /** Half of the policy's lease, after which every instance has renewed, and some for a slow machine. */
    private static final long RENEWAL_SECONDS = 5 + 3;

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
                attack("a revoked service goes on", "its notice came", "REVOKED", this::afterNotice),
                attack(
                        "notices' subscriptions removed",
                        "from Vert.x's own map",
                        "REVOKED",
                        this::withoutSubscriptions),
                attack(
                        "its notice is kept away",
                        "dropped on its way to the vault; its next renewal tells",
                        "REVOKED",
                        this::withoutNotice));
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

    /** The mole is taken before, and refused afterwards. */
    private Seen afterNotice() throws NodeException {
        Membership mole = field.mole();
        Papers papers = mole.papers("open_vault");
        Seen before = ask(papers);
        return isTaken(before) ? revoked(mole, papers) : notEvenBefore(before);
    }

    private static boolean isTaken(Seen seen) {
        return seen.reason().equals(Attack.ACCEPTED);
    }

    private static Seen notEvenBefore(Seen before) {
        return Seen.told("NOT_EVEN_BEFORE: " + before.reason());
    }

    /** What it hears in the end, when every instance has renewed at the latest. */
    private Seen revoked(Membership mole, Papers papers) throws NodeException {
        JsonObject instance = new JsonObject().put("instance", mole.granted().instance());
        field.tell(AttackNode.ORCHESTRATOR, "revoke", instance);
        Seen seen = ask(papers);
        for (Patience patience = new Patience(RENEWAL_SECONDS); isTaken(seen) && patience.waits(); ) {
            seen = ask(papers);
        }
        return seen;
    }

    private Seen withoutSubscriptions() throws NodeException {
        JsonObject subscription = new JsonObject().put("address", Notice.ADDRESS);
        field.attacker("stealSubscriptions", subscription);
        try {
            return afterNotice();
        } finally {
            field.attacker("returnSubscriptions", subscription);
        }
    }

    /** After one that the vault did hear: only who knows of a notice can tell that it missed one. */
    private Seen withoutNotice() throws NodeException {
        Seen heard = afterNotice();
        if (isTaken(heard)) {
            return heard;
        }
        int dropped = keepAway(true);
        try {
            return keptAway(dropped, missed());
        } finally {
            keepAway(false);
        }
    }

    /**
     * That it was kept away is what the filter counted; that the renewal told, what the vault is alarmed by when an answer brings news
     * that no notice brought.
     */
    private Seen keptAway(int dropped, long missed) throws NodeException {
        Seen seen = afterNotice();
        if (keepAway(true) == dropped) {
            return Seen.told("NOTHING_DROPPED");
        }
        return isTaken(seen) || missed() > missed ? seen : Seen.told("NOT_BY_RENEWAL: " + seen.reason());
    }

    private int keepAway(boolean away) throws NodeException {
        return field.tell(AttackNode.VAULT, "keepNotices", new JsonObject().put("away", away))
                .getInteger("dropped");
    }

    private long missed() throws NodeException {
        JsonObject status = field.tell(AttackNode.VAULT, "status", new JsonObject());
        return Field.counts(status.getJsonObject("refusals")).getOrDefault(Alarm.MISSED_NOTICE.name(), 0L);
    }

    private Seen ask(Papers papers) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, papers.request(envelope, Contents.json(field.id("control"))));
    }
}

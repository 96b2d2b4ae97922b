// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.UNHARMED;
import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;

/** A hand in the orchestrators' clustered maps. After each change, fresh tokens are asked for and have to work. */
final class StateAttacks implements Family {
    private static final String LINES = "latchkey.keylines";
    private static final String LEASES = "latchkey.leases";
    private static final String REVOCATIONS = "latchkey.revocations";
    private static final String OPERATION = "open_vault";
    private static final String CURRENT = "current";

    private final Field field;

    StateAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "state";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack("read all records", "keys of the maps, and a key line's bytes", "SEALED", this::read),
                attack("a key line of garbage", "over the vault's", UNHARMED, () -> line(new byte[100])),
                attack(
                        "a key line of another operation",
                        "its sealed record, moved",
                        UNHARMED,
                        () -> line(keep(LINES, "pay"))),
                attack("a key line removed", "as if there had never been one", UNHARMED, this::lineRemoved),
                attack("all key lines put back", "as before a rotation", UNHARMED, this::linesPutBack),
                attack(
                        "a lease of garbage",
                        "over the mole's own, then renewed",
                        "UNKNOWN_LEASE",
                        () -> lease(new byte[100])),
                attack(
                        "a lease that is another's",
                        "the teller's record under the mole's name",
                        "UNKNOWN_LEASE",
                        this::otherLease),
                attack("a lease put back after its revocation", "the record as it was", "REVOKED", this::leasePutBack),
                attack(
                        "the list of revocations removed",
                        "and a revoked lease put back",
                        "REVOKED",
                        () -> afterwards("remove")),
                attack(
                        "the list of revocations of garbage",
                        "and a revoked lease put back",
                        "REVOKED",
                        () -> afterwards("put")),
                attack(
                        "an older list of revocations put back",
                        "and a revoked lease put back",
                        "REVOKED",
                        () -> afterwards("putBack")));
    }

    private static JsonObject entry(String map, String key) {
        return new JsonObject().put("map", map).put("key", key);
    }

    private byte[] keep(String map, String key) throws NodeException {
        return field.attacker("keep", entry(map, key)).getBinary("bytes", new byte[0]);
    }

    private void put(String map, String key, byte[] bytes) throws NodeException {
        field.attacker("put", entry(map, key).put("bytes", bytes));
    }

    private Seen read() throws NodeException {
        byte[] record = keep(LINES, OPERATION);
        byte[] key = field.forge().providerKey(OPERATION);
        return Seen.told(record.length > 0 && !Bytes.contain(record, key) ? Attack.SEALED : "READABLE", record);
    }

    /** The orchestrator looks at the line within a quarter of its interval, or a second; a fresh token is asked for then. */
    private Seen line(byte[] bytes) throws NodeException {
        keep(LINES, OPERATION);
        put(LINES, OPERATION, bytes);
        return works();
    }

    private Seen lineRemoved() throws NodeException {
        keep(LINES, OPERATION);
        field.attacker("remove", entry(LINES, OPERATION));
        return works();
    }

    /** The orchestrator remembers newer lines, says so, and goes on from those. */
    private Seen linesPutBack() throws NodeException {
        List<String> operations = List.of(OPERATION, "pay", "vote");
        for (String operation : operations) {
            keep(LINES, operation);
        }
        rotate();
        long alarms = rollbacks();
        for (String operation : operations) {
            field.attacker("putBack", entry(LINES, operation));
        }
        Patience patience = new Patience(10, 50);
        while (rollbacks() == alarms && patience.waits()) {
            // The orchestrator looks at its lines once a second at least.
        }
        return rollbacks() == alarms ? Seen.told("NO_ALARM") : works();
    }

    /** Waits until all keys have rotated; the suite learns the new ones, as the vault does. */
    private void rotate() throws NodeException {
        long before = field.forge().epoch(OPERATION);
        field.tell(AttackNode.ORCHESTRATOR, "rotate", new JsonObject());
        Patience patience = new Patience(30, 1_000);
        while (epochNow() <= before) {
            if (!patience.waits()) {
                throw new NodeException("the keys were not rotated: the epoch is still " + before);
            }
        }
        field.forge().forgetKeys();
        field.learnKeys();
    }

    private long epochNow() throws NodeException {
        return Jwts.claims(field.mole().papers(OPERATION).compact()).getLong("ep");
    }

    private long rollbacks() throws NodeException {
        return field.tell(AttackNode.ORCHESTRATOR, "alarms", new JsonObject())
                .getLong(Alarm.ROLLED_BACK_RECORD.name(), 0L);
    }

    /** A fresh registration gets tokens of an epoch that is not lower, and the vault takes them. */
    private Seen works() throws NodeException {
        long before = field.forge().epoch(OPERATION);
        String joined =
                field.tell(AttackNode.TELLER, "joinAnew", new JsonObject()).getString("reason");
        if (!joined.equals("JOINED") || epochNow() < before) {
            return Seen.told("EPOCH_WENT_BACK");
        }
        return field.unharmed();
    }

    private Seen renew(Membership member) throws NodeException {
        return field.insider()
                .outcome(new Registration(
                        RegistrationKind.RENEW,
                        System.currentTimeMillis(),
                        "mole",
                        "",
                        member.granted().instance(),
                        Set.of(),
                        Set.of(),
                        member.seed()));
    }

    private Seen lease(byte[] bytes) throws NodeException {
        Membership own = field.mole();
        put(LEASES, own.granted().instance(), bytes);
        return renew(own);
    }

    private Seen otherLease() throws NodeException {
        Membership own = field.mole();
        return leaseOf(field.mole().granted().instance(), own);
    }

    private Seen leaseOf(String other, Membership own) throws NodeException {
        put(LEASES, own.granted().instance(), keep(LEASES, other));
        return renew(own);
    }

    private Membership revoked() throws NodeException {
        Membership own = field.mole();
        String instance = own.granted().instance();
        keep(LEASES, instance);
        field.tell(AttackNode.ORCHESTRATOR, "revoke", new JsonObject().put("instance", instance));
        return own;
    }

    private Seen leasePutBack() throws NodeException {
        Membership own = revoked();
        field.attacker("putBack", entry(LEASES, own.granted().instance()));
        return renew(own);
    }

    /** The orchestrator remembers a newer list than the one that it is shown. */
    private Seen afterwards(String change) throws NodeException {
        keep(REVOCATIONS, CURRENT);
        Membership own = revoked();
        field.attacker("putBack", entry(LEASES, own.granted().instance()));
        field.attacker(
                change,
                entry(REVOCATIONS, CURRENT).put("bytes", SecretBytes.random(80).copy()));
        return renew(own);
    }
}

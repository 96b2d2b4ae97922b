// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Replays to a provider whose JVM was started again, and so has forgotten what it saw. */
final class RestartAttacks implements Family {
    private static final List<String> ADDRESSES = List.of("bank.late.pay", "bank.late.vote");
    private static final long SECONDS = 8;

    private final Field field;
    private final Map<String, byte[]> taken = new HashMap<>();

    RestartAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "restart";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack("after a provider's restart, replay: sender", "in a new JVM", "REPLAYED", () -> replayed(0)),
                attack("after a provider's restart, replay: cluster", "in a new JVM", "REPLAYED", () -> replayed(1)));
    }

    private Seen replayed(int address) throws NodeException {
        if (taken.isEmpty()) {
            restart();
        }
        long before = status().getJsonObject("refusals").getLong("REPLAYED", 0L);
        byte[] wire = taken.getOrDefault(ADDRESSES.get(address), new byte[0]);
        field.write(AttackNode.LATE_VAULT, wire);
        return judged(before);
    }

    /** Both messages are taken by a vault that is ended and started again. */
    private void restart() throws NodeException {
        field.start(AttackNode.LATE_VAULT);
        for (String address : ADDRESSES) {
            taken.put(address, field.capture(address).wire());
        }
        field.cluster().node(AttackNode.LATE_VAULT).close();
        field.start(AttackNode.LATE_VAULT);
    }

    private Seen judged(long before) throws NodeException {
        Patience patience = new Patience(SECONDS);
        while (status().getJsonObject("refusals").getLong("REPLAYED", 0L) == before && patience.waits()) {
            // Asked again below.
        }
        boolean refused = status().getJsonObject("refusals").getLong("REPLAYED", 0L) > before;
        boolean reached = !status().getJsonObject("others").isEmpty();
        return new Seen(refused ? "REPLAYED" : Attack.DROPPED, new byte[0], reached);
    }

    private JsonObject status() throws NodeException {
        return field.tell(AttackNode.LATE_VAULT, "status", new JsonObject());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Who subscribes gets messages, and who rewrites Vert.x's own maps gets all of them: sealed. */
final class SubscriptionAttacks implements Family {
    /** Where no honest traffic is lost by it. */
    private static final String QUIET = "quiet.read";

    private final Field field;

    SubscriptionAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "subscription";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                attack(
                        "listens to what is published",
                        "a consumer on the address",
                        Attack.SEALED,
                        () -> listening("publish")),
                attack(
                        "swallows what is sent",
                        "a consumer beside the vault's",
                        Attack.SEALED,
                        () -> listening("send")),
                attack("answers what is sent", "garbage, to each request", "TIMEOUT_OR_TRUE", this::answering),
                attack("the only subscriber", "__vertx.subs rewritten", Attack.SEALED, this::onlySubscriber),
                attack(
                        "a node moved to the attacker's port",
                        "__vertx.nodeInfo rewritten",
                        Attack.UNHARMED,
                        this::movedNode));
    }

    private Seen listening(String kind) throws NodeException {
        field.attacker("listen", new JsonObject().put("address", QUIET));
        byte[] heard = heardOf(kind);
        field.attacker("deafen", new JsonObject().put("address", QUIET));
        return sealed(heard);
    }

    /** More than once, since the nodes learn of a new subscription a moment after it was made. */
    private byte[] heardOf(String kind) throws NodeException {
        byte[] heard = {};
        for (Patience patience = new Patience(10); heard.length == 0 && patience.waits(); ) {
            // What is published comes to both vaults.
            String id = field.id(kind.equals("publish") ? "twice" : "shot");
            field.tell(
                    AttackNode.TELLER,
                    kind,
                    new JsonObject().put("address", QUIET).put("id", id));
            heard = field.heard();
        }
        return heard;
    }

    private Seen sealed(byte[] heard) {
        return heard.length == 0
                ? Seen.told("NOTHING_HEARD")
                : Seen.told(field.containsSecret(heard) ? "READABLE" : Attack.SEALED, heard);
    }

    private Seen answering() throws NodeException {
        field.attacker("listen", new JsonObject().put("address", QUIET).put("answer", new byte[64]));
        String outcome = Attack.TRUE_ANSWER;
        for (int i = 0; i < 4; i++) {
            String seen = field.outcome(field.honest(QUIET, field.id("shot"), 0, 1_000));
            outcome = seen.equals(Attack.TRUE_ANSWER) || seen.contains("Timed out") ? outcome : seen;
        }
        field.attacker("deafen", new JsonObject().put("address", QUIET));
        byte[] heard = field.heard();
        boolean holds = heard.length > 0 && outcome.equals(Attack.TRUE_ANSWER);
        return Seen.told(holds ? "TIMEOUT_OR_TRUE" : outcome, heard);
    }

    private Seen onlySubscriber() throws NodeException {
        field.attacker("listen", new JsonObject().put("address", QUIET));
        field.attacker("stealSubscriptions", new JsonObject().put("address", QUIET));
        byte[] heard = heardOf("send");
        field.attacker("returnSubscriptions", new JsonObject().put("address", QUIET));
        field.attacker("deafen", new JsonObject().put("address", QUIET));
        return sealed(heard);
    }

    /** Connections that are there go on; who connects anew finds the attacker, which has no key to anything. */
    private Seen movedNode() throws NodeException {
        String node = field.tell(AttackNode.VAULT, "node", new JsonObject()).getString("node");
        field.attacker("moveNode", new JsonObject().put("node", node).put("port", field.port(AttackNode.ATTACKER)));
        Seen seen = field.unharmed();
        field.attacker("returnNode", new JsonObject().put("node", node));
        return seen;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeLine;
import dev.latchkey.examples.node.NodeProgram;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/** One JVM of the attack suite. */
public final class AttackNode {
    static final String ORCHESTRATOR = "orchestrator";
    static final String VAULT = "vault";
    static final String OTHER_VAULT = "vault-2";
    static final String LATE_VAULT = "vault-3";
    static final String TELLER = "teller";
    static final String ATTACKER = "attacker";

    private AttackNode() {}

    /** Starts the node that the first argument describes, as JSON. */
    public static void main(String[] args) throws IOException {
        NodeProgram.run(args, AttackNode::start);
    }

    private static Future<NodeCommands> start(Vertx vertx, NodeSettings settings, NodeLine line) {
        return switch (settings.role()) {
            case ORCHESTRATOR -> IssuerNode.start(vertx, settings);
            case TELLER -> TellerNode.start(vertx, settings);
            case ATTACKER -> AttackerNode.start(vertx);
            default -> VaultNode.start(vertx, settings);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeLine;
import dev.latchkey.examples.node.NodeProgram;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/** One JVM of a soak. */
public final class SoakNode {
    private SoakNode() {}

    /** Starts the node that the first argument describes, as JSON. */
    public static void main(String[] args) throws IOException {
        NodeProgram.run(args, SoakNode::commands);
    }

    /** The ledgers of a node belong to one context, where its commands are carried out too. */
    private static Future<NodeCommands> commands(Vertx vertx, NodeSettings settings, NodeLine line) {
        SoakRole role = SoakRole.named(settings.role());
        return OnContext.of(vertx, () -> role.start(vertx, settings));
    }
}

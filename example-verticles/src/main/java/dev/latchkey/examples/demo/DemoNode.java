// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeLine;
import dev.latchkey.examples.node.NodeProgram;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Locale;

/** One JVM of the demo. */
public final class DemoNode {
    private DemoNode() {}

    /** Starts the node that the first argument describes, as JSON. */
    public static void main(String[] args) throws IOException {
        NodeProgram.run(args, DemoNode::commands);
    }

    private static Future<NodeCommands> commands(Vertx vertx, NodeSettings settings, NodeLine line) {
        return switch (NodeRole.valueOf(settings.role().toUpperCase(Locale.ROOT))) {
            case ORCHESTRATOR -> OrchestratorNode.start(vertx, settings);
            case RISK -> RiskNode.start(vertx, settings);
            case IMAGE -> ImageNode.start(vertx, settings);
            case GATEWAY -> GatewayNode.start(vertx, settings, line);
            case INTRUDER -> IntruderNode.start(vertx, settings);
        };
    }
}

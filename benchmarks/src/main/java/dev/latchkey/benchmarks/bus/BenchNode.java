// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeLine;
import dev.latchkey.examples.node.NodeProgram;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;

/** One JVM of a benchmark. */
public final class BenchNode {
    static final String ORCHESTRATOR = "orchestrator";
    static final String SERVER = "server";
    static final String CLIENT = "client";

    private BenchNode() {}

    /** Starts the node that the first argument describes, as JSON. */
    public static void main(String[] args) throws IOException {
        NodeProgram.run(args, BusOptions::of, BenchNode::start);
    }

    private static Future<NodeCommands> start(Vertx vertx, NodeSettings settings, NodeLine line) {
        CipherChoice.makeFor(BusMode.named(settings.extra().getString("mode")));
        return switch (settings.role()) {
            case ORCHESTRATOR -> orchestrator(vertx, settings);
            case SERVER -> ServerNode.start(vertx, settings);
            default -> ClientNode.start(vertx, settings);
        };
    }

    private static Future<NodeCommands> orchestrator(Vertx vertx, NodeSettings settings) {
        OrchestratorOptions options = OrchestratorOptions.load(NodeFolder.orchestratorOptions(settings.folder()));
        return vertx.deployVerticle(new OrchestratorVerticle(options))
                .map((command, arguments) -> NodeCommands.unknown(command));
    }
}

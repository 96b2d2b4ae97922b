// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.issue.Tally;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The node with the orchestrator. */
final class OrchestratorNode {
    private OrchestratorNode() {}

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        OrchestratorVerticle orchestrator =
                new OrchestratorVerticle(OrchestratorOptions.load(NodeFolder.orchestratorOptions(settings.folder())));
        return vertx.deployVerticle(orchestrator)
                .map(deployed -> (command, arguments) -> command.equals("tally")
                        ? Future.succeededFuture(toJson(orchestrator.tally()))
                        : NodeCommands.unknown(command));
    }

    private static JsonObject toJson(Tally.Snapshot tally) {
        return new JsonObject()
                .put("registered", tally.registered())
                .put("renewed", tally.renewed())
                .put("left", tally.left())
                .put("issued", tally.issued())
                .put("rotations", tally.rotations());
    }
}

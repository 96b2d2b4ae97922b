// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** The node with the orchestrator. */
final class IssuerNode {
    private IssuerNode() {}

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        OrchestratorVerticle orchestrator =
                new OrchestratorVerticle(OrchestratorOptions.load(NodeFolder.orchestratorOptions(settings.folder())));
        return vertx.deployVerticle(orchestrator).map(deployed -> (command, arguments) -> switch (command) {
            case "revoke" ->
                orchestrator.revokeInstance(arguments.getString("instance")).map(number -> new JsonObject()
                        .put("number", number));
            case "rotate" -> orchestrator.rotate(Set.of()).map(shared -> new JsonObject());
            case "alarms" -> Future.succeededFuture(alarms(orchestrator));
            case "heap" -> Heap.measured();
            default -> NodeCommands.unknown(command);
        });
    }

    private static JsonObject alarms(OrchestratorVerticle orchestrator) {
        JsonObject counted = new JsonObject();
        orchestrator.alarms().forEach((alarm, count) -> counted.put(alarm.name(), count));
        return counted;
    }
}

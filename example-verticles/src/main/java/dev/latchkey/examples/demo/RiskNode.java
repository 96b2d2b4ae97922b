// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.RiskService;
import dev.latchkey.examples.Traffic;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** The node that provides {@code calculate_risk}. */
final class RiskNode {
    private RiskNode() {}

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        RiskService service = new RiskService(new Traffic());
        return vertx.deployVerticle(service, new DeploymentOptions().setConfig(settings.serviceConfig("risk")))
                .map(deployed -> (command, arguments) -> command.equals("status")
                        ? Future.succeededFuture(service.status())
                        : NodeCommands.unknown(command));
    }
}

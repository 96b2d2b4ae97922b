// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.examples.ImageService;
import dev.latchkey.examples.Traffic;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** The node that provides {@code open_batch} and, by a fresh worker for each batch, {@code process_image}. */
final class ImageNode {
    private ImageNode() {}

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        ImageService service = new ImageService(new Traffic());
        return vertx.deployVerticle(service, new DeploymentOptions().setConfig(settings.serviceConfig("image")))
                .map(deployed -> (command, arguments) -> switch (command) {
                    case "status" -> Future.succeededFuture(service.status());
                    case "announce" -> announce(service, arguments);
                    default -> NodeCommands.unknown(command);
                });
    }

    private static Future<JsonObject> announce(ImageService service, JsonObject facts) {
        service.announce(facts);
        return Future.succeededFuture(new JsonObject());
    }
}

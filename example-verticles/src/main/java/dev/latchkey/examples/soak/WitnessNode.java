// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** A node that receives from victims, and notes when it last accepted a message of each. */
final class WitnessNode implements NodeCommands {
    private final Vertx vertx;
    private final Map<Integer, Long> accepted = new HashMap<>();

    private WitnessNode(Vertx vertx) {
        this.vertx = vertx;
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        WitnessNode node = new WitnessNode(vertx);
        return SoakBus.SECURED.join(vertx, settings, "witness").compose(bus -> bus.<Integer>consumer(
                        VictimNode.ADDRESS, message -> node.accepted.put(message.body(), System.nanoTime()))
                .completion()
                .map(node));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "accepted" ->
                Future.succeededFuture(new JsonObject().put("lastNanos", accepted.get(arguments.getInteger("victim"))));
            case "deafen" -> deafen();
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> deafen() {
        Notices.drop(vertx);
        return Future.succeededFuture(new JsonObject());
    }
}

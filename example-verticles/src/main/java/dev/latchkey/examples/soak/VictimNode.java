// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A node whose instances are revoked one after the other while they publish as fast as their timer fires. It keeps notices away from
 * itself, as an instance would that does not mean to stop.
 */
final class VictimNode implements NodeCommands {
    static final String ADDRESS = "soak.victim";

    private static final long PUBLISH_MILLIS = 2;

    private final Vertx vertx;
    private final NodeSettings settings;
    private @Nullable SecureEventBus bus;
    private long timer;

    private VictimNode(Vertx vertx, NodeSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        Notices.drop(vertx);
        return Future.succeededFuture(new VictimNode(vertx, settings));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "begin" -> begin(arguments.getInteger("victim"));
            case "end" -> end();
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> begin(int victim) {
        return SoakBus.SECURED.join(vertx, settings, "victim").map(joined -> {
            SecureEventBus secured = (SecureEventBus) joined;
            bus = secured;
            timer = vertx.setPeriodic(PUBLISH_MILLIS, id -> publish(secured, victim));
            return new JsonObject().put("instance", secured.instance());
        });
    }

    private static void publish(SecureEventBus bus, int victim) {
        try {
            bus.publish(ADDRESS, victim);
        } catch (RuntimeException refused) {
            // It was told at last; what receivers accept is what counts.
        }
    }

    private Future<JsonObject> end() {
        vertx.cancelTimer(timer);
        SecureEventBus joined = bus;
        return (joined == null ? Future.<Void>succeededFuture() : joined.leave()).map(done -> new JsonObject());
    }
}

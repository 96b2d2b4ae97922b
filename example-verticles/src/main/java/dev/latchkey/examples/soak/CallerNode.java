// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/** A node that sends. It is told to start and to stop, and tells how it stands. */
final class CallerNode implements NodeCommands {
    private final Load load;
    private final Churn churn;

    private CallerNode(Vertx vertx, NodeSettings settings, EventBus bus) {
        SoakLedgers ledgers = new SoakLedgers(Path.of(settings.extra().getString("ledgers")));
        int caller = settings.extra().getInteger("number");
        this.load = new Load(vertx, bus, ledgers, caller, settings.extra().getLong("perSecond"));
        this.churn = new Churn(vertx, settings, ledgers, caller);
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        return SoakBus.of(settings).join(vertx, settings, "caller").map(bus -> new CallerNode(vertx, settings, bus));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "start" -> start();
            case "stop" -> stop();
            case "status" -> Future.succeededFuture(status());
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> start() {
        load.start();
        churn.start();
        return Future.succeededFuture(new JsonObject());
    }

    private Future<JsonObject> stop() {
        load.stop();
        churn.stop();
        return Future.succeededFuture(new JsonObject());
    }

    private JsonObject status() {
        return new JsonObject()
                .put("messages", load.messages())
                .put("quiet", load.underWay() == 0 && !churn.isBusy())
                .put("endings", load.endings().toJson())
                .put("churnEndings", churn.endings().toJson())
                .put("joined", churn.joined())
                .put("failedJoins", churn.failedJoins())
                .put("joins", churn.joins().toJson());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** A node that joins many instances: one after the other to take the time, or very many that stay. */
final class CrowdNode implements NodeCommands {
    private static final int AT_ONCE = 32;

    private final Vertx vertx;
    private final NodeSettings settings;
    private final int number;
    private final List<EventBus> crowd = new ArrayList<>();
    private Durations joins = new Durations();
    private Durations firstAnswers = new Durations();
    private int next;

    private CrowdNode(Vertx vertx, NodeSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.number = settings.extra().getInteger("number");
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        return Future.succeededFuture(new CrowdNode(vertx, settings));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "joins" -> timed(arguments.getInteger("count"));
            case "crowd" ->
                gather(arguments.getInteger("count")).map(done -> new JsonObject().put("live", crowd.size()));
            default -> NodeCommands.unknown(command);
        };
    }

    /** Each command has times of its own, so that none is of the warm-up. */
    private Future<JsonObject> timed(int count) {
        joins = new Durations();
        firstAnswers = new Durations();
        return visits(count).map(done -> times());
    }

    private JsonObject times() {
        return new JsonObject().put("join", joins.toJson()).put("firstAnswer", firstAnswers.toJson());
    }

    private Future<Void> visits(int count) {
        return count == 0 ? Future.succeededFuture() : visit().compose(done -> visits(count - 1));
    }

    private Future<Void> visit() {
        long begun = System.nanoTime();
        return join().compose(bus -> {
            joins.add(System.nanoTime() - begun);
            return bus.request(Kind.CHURN.address(), new SoakMessage(number, next++).toBody())
                    .onSuccess(answer -> firstAnswers.add(System.nanoTime() - begun))
                    .eventually(() -> SoakBus.leave(bus))
                    .mapEmpty();
        });
    }

    private Future<EventBus> join() {
        return SoakBus.SECURED.join(vertx, settings, "caller");
    }

    private Future<Void> gather(int count) {
        List<Future<Void>> lines = new ArrayList<>();
        for (int line = 0; line < AT_ONCE; line++) {
            lines.add(line(count / AT_ONCE + (line < count % AT_ONCE ? 1 : 0)));
        }
        return Future.all(lines).mapEmpty();
    }

    private Future<Void> line(int count) {
        return count == 0
                ? Future.succeededFuture()
                : join().onSuccess(crowd::add).compose(bus -> line(count - 1));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The node that receives. After each batch it says how many messages have arrived, over the plain bus of every mode. */
final class ServerNode implements NodeCommands {
    /** Where it says so. */
    static final String REACHED = "bench.reached";

    private static final List<Kind> KINDS = List.of(Kind.SEND, Kind.REQUEST, Kind.PUBLISH);

    private final Map<Kind, Arrivals> arrivals = new EnumMap<>(Kind.class);

    private ServerNode(NodeBus node) {
        KINDS.forEach(kind -> arrivals.put(
                kind,
                new Arrivals(node, kind, arrived -> node.vertx().eventBus().send(REACHED, arrived))));
        // One who asks for latency asks at the address of requests.
        arrivals.put(Kind.LATENCY, arrivals(Kind.REQUEST));
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        return NodeBus.join(vertx, settings).map(ServerNode::new).compose(ServerNode::consume);
    }

    private Future<NodeCommands> consume() {
        return Future.all(KINDS.stream().map(kind -> arrivals(kind).consume()).toList())
                .map(this);
    }

    private Arrivals arrivals(Kind kind) {
        Arrivals known = arrivals.get(kind);
        if (known == null) {
            throw new IllegalArgumentException("no consumer for " + kind.label());
        }
        return known;
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "begin" -> begin(Traffic.fromJson(arguments));
            case "arrived" ->
                Future.succeededFuture(
                        arrivals(Traffic.fromJson(arguments).kind()).arrived().toJson());
            case "usage" -> Future.succeededFuture(Usage.now().toJson());
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> begin(Traffic traffic) {
        if (arrivals.containsKey(traffic.kind())) {
            arrivals(traffic.kind()).begin(traffic);
        }
        return Future.succeededFuture(new JsonObject());
    }
}

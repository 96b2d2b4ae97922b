// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The node that sends, and receives what stays in its JVM. One run at a time, on one context. */
final class ClientNode implements NodeCommands {
    private static final List<Kind> KINDS = List.of(Kind.PUBLISH, Kind.LOCAL_SEND, Kind.LOCAL_REQUEST);

    private final NodeBus node;
    private final Context context;
    private final Latencies latencies = new Latencies();
    private final Map<Kind, Arrivals> near = new EnumMap<>(Kind.class);
    private final AtomicLong nearReached = new AtomicLong();
    private final AtomicLong farReached = new AtomicLong();
    private volatile @Nullable Flood flood;

    private ClientNode(NodeBus node) {
        this.node = node;
        this.context = node.vertx().getOrCreateContext();
        KINDS.forEach(kind -> near.put(kind, new Arrivals(node, kind, count -> reached(nearReached, count))));
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        return NodeBus.join(vertx, settings).map(ClientNode::new).compose(ClientNode::consume);
    }

    private Future<NodeCommands> consume() {
        Future<Void> listening = onContext(() -> node.vertx()
                .eventBus()
                .<Long>consumer(ServerNode.REACHED, count -> reached(farReached, count.body()))
                .completion());
        return Future.all(near.values().stream().map(Arrivals::consume).toList())
                .compose(consumed -> listening)
                .map(this);
    }

    /** Consumers on two contexts may tell their counts in another order. */
    private void reached(AtomicLong where, long count) {
        where.accumulateAndGet(count, Math::max);
        Flood running = flood;
        if (running != null) {
            running.progress();
        }
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "run" -> onContext(() -> run(Traffic.fromJson(arguments), Limit.fromJson(arguments)));
            case "callers" ->
                onContext(() -> node.callers().add(arguments.getInteger("more")))
                        .map(done -> new JsonObject());
            case "arrived" ->
                Future.succeededFuture(
                        arrivals(Traffic.fromJson(arguments).kind()).arrived().toJson());
            case "usage" -> Future.succeededFuture(Usage.now().toJson());
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> run(Traffic traffic, Limit limit) {
        nearReached.set(0);
        farReached.set(0);
        node.takeTurns(traffic.together());
        if (near.containsKey(traffic.kind())) {
            arrivals(traffic.kind()).begin(traffic);
        }
        if (traffic.kind().isAnswered()) {
            return new Questions(node, traffic, limit, latencies).start();
        }
        Flood started = new Flood(node, traffic, limit, context, () -> reached(traffic.kind()));
        flood = started;
        return started.start();
    }

    private Arrivals arrivals(Kind kind) {
        Arrivals known = near.get(kind);
        if (known == null) {
            throw new IllegalArgumentException("no consumer for " + kind.label());
        }
        return known;
    }

    private long reached(Kind kind) {
        return switch (kind) {
            case PUBLISH -> Math.min(nearReached.get(), farReached.get()) / kind.consumers();
            case LOCAL_SEND -> nearReached.get();
            default -> farReached.get();
        };
    }

    private <T> Future<T> onContext(Supplier<Future<T>> action) {
        Promise<T> promise = Promise.promise();
        context.runOnContext(now -> {
            try {
                action.get().onComplete(promise);
            } catch (RuntimeException e) {
                promise.fail(e);
            }
        });
        return promise.future();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The node of an honest caller: a steady stream of requests, and single messages that the driver asks for. */
final class TellerNode extends SecureVerticle implements NodeCommands {
    private static final long PAUSE_MILLIS = 20;

    private final String marker;
    private final Ledger ledger = new Ledger();
    private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Future<?>> underWay = new ConcurrentLinkedQueue<>();
    private volatile long timer = -1;
    private volatile int sent;

    private TellerNode(NodeSettings settings) {
        this.marker = settings.extra().getString("marker");
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        TellerNode teller = new TellerNode(settings);
        return vertx.deployVerticle(teller, new DeploymentOptions().setConfig(settings.serviceConfig("teller")))
                .map(teller);
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<Object>consumer(
                        "teller.ring",
                        message ->
                                ledger.enter(message.body(), message.headers().size()))
                .completion();
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "start" -> begin();
            case "stop" -> end();
            case "status" ->
                Future.succeededFuture(ledger.status(bus())
                        .put("node", ((VertxInternal) vertx).clusterManager().getNodeId()));
            case "joinAnew" -> joinAnew();
            case "request" -> request(arguments);
            case "send" -> once(() -> bus().send(arguments.getString("address"), body(arguments)));
            case "publish" -> once(() -> bus().publish(arguments.getString("address"), body(arguments)));
            default -> NodeCommands.unknown(command);
        };
    }

    /** As another instance, which opens the vault under fresh tokens and leaves. */
    private Future<JsonObject> joinAnew() {
        return SecureEventBus.join(vertx, options())
                .compose(fresh -> fresh.<JsonObject>request(
                                "vault.open", new JsonObject().put("id", "control-" + fresh.instance()))
                        .eventually(fresh::leave))
                .map(answer -> new JsonObject().put("reason", "JOINED"))
                .otherwise(TellerNode::failed);
    }

    private static Future<JsonObject> once(Runnable message) {
        message.run();
        return Future.succeededFuture(new JsonObject());
    }

    private JsonObject body(JsonObject arguments) {
        return new JsonObject()
                .put("id", arguments.getString("id"))
                .put("wait", arguments.getInteger("wait", 0))
                .put("secret", marker);
    }

    private Future<JsonObject> request(JsonObject arguments) {
        return bus().<JsonObject>request(
                        arguments.getString("address"),
                        body(arguments),
                        new DeliveryOptions().setSendTimeout(arguments.getLong("timeout")))
                .map(this::judged)
                .otherwise(TellerNode::failed);
    }

    private JsonObject judged(Message<JsonObject> answer) {
        boolean isTrue = marker.equals(answer.body().getString("secret"));
        return new JsonObject().put("reason", isTrue ? Attack.TRUE_ANSWER : "FALSE_ANSWER");
    }

    private static JsonObject failed(Throwable failure) {
        return new JsonObject()
                .put(
                        "reason",
                        failure instanceof DeniedException denied
                                ? denied.reason().name()
                                : "FAILED: " + failure.getMessage());
    }

    private Future<JsonObject> begin() {
        timer = vertx.setPeriodic(PAUSE_MILLIS, id -> sendOne());
        return Future.succeededFuture(new JsonObject());
    }

    /** Called on one thread. */
    private void sendOne() {
        long begun = System.nanoTime();
        JsonObject body = new JsonObject().put("id", Ledger.HONEST + sent++).put("secret", marker);
        Future<?> done = bus().<JsonObject>request("vault.open", body)
                .map(this::judged)
                .onSuccess(answer -> note(answer, begun));
        underWay.add(done);
        done.onComplete(ended -> underWay.remove(done));
    }

    private void note(JsonObject answer, long begun) {
        if (answer.getString("reason").equals(Attack.TRUE_ANSWER)) {
            millis.add((System.nanoTime() - begun) / 1e6);
        }
    }

    /** Ends the traffic, once all that is under way was answered or given up. */
    private Future<JsonObject> end() {
        vertx.cancelTimer(timer);
        return Future.join(underWay.stream().toList()).otherwiseEmpty().map(ended -> totals());
    }

    private JsonObject totals() {
        double[] sorted =
                millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new JsonObject()
                .put("sent", sent)
                .put("answered", sorted.length)
                .put("p50Millis", percentile(sorted, 0.50))
                .put("p99Millis", percentile(sorted, 0.99));
    }

    private static double percentile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : Math.round(sorted[(int) ((sorted.length - 1) * share)] * 10) / 10.0;
    }
}

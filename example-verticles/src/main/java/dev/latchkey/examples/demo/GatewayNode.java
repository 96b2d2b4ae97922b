// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.examples.Addresses;
import dev.latchkey.examples.GatewayWorker;
import dev.latchkey.examples.Traffic;
import dev.latchkey.examples.imaging.ImageFile;
import dev.latchkey.examples.imaging.ImageFolder;
import dev.latchkey.examples.imaging.ImageProblem;
import dev.latchkey.examples.imaging.SampleImages;
import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeLine;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** The node that sends images: batch after batch, each by a fresh worker, until the driver has seen enough. */
final class GatewayNode implements NodeCommands {
    private static final int SAMPLE_COUNT = 48;
    private static final long SAMPLE_SEED = 7;
    private static final int BATCH_SIZE = 24;

    private final Vertx vertx;
    private final NodeSettings settings;
    private final NodeLine line;
    private final Traffic traffic = new Traffic();
    private volatile boolean enough;

    private GatewayNode(Vertx vertx, NodeSettings settings, NodeLine line) {
        this.vertx = vertx;
        this.settings = settings;
        this.line = line;
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings, NodeLine line) {
        return Future.succeededFuture(new GatewayNode(vertx, settings, line));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "run" -> run();
            case "stop" -> stop();
            case "status" -> Future.succeededFuture(status());
            case "overstep" -> overstep();
            case "declare" -> declare(arguments.getString("operation"));
            default -> NodeCommands.unknown(command);
        };
    }

    private Future<JsonObject> stop() {
        enough = true;
        return Future.succeededFuture(new JsonObject());
    }

    private JsonObject status() {
        return new JsonObject().put("sent", traffic.sent()).put("answered", traffic.answeredSoFar());
    }

    private Future<JsonObject> run() {
        return vertx.executeBlocking(this::images, false)
                .compose(images -> rounds(images, 0))
                .map(done -> status());
    }

    private List<ImageFile> images() throws IOException {
        String input = settings.extra().getString("input", "");
        if (input.isEmpty()) {
            return SampleImages.generate(
                    SAMPLE_COUNT, SAMPLE_SEED, settings.extra().getString("marker"));
        }
        ImageFolder folder = ImageFolder.read(Path.of(input));
        folder.problems().forEach(this::report);
        if (folder.images().isEmpty()) {
            throw new IOException("no PNG or JPEG image in " + input + " can be read; give a folder that has some");
        }
        return folder.images();
    }

    private void report(ImageProblem problem) {
        line.event("problem", new JsonObject().put("file", problem.fileName()).put("why", problem.reason()));
    }

    /** Each image once in any case, then again from the first until it is enough. */
    private Future<Void> rounds(List<ImageFile> images, int from) {
        boolean first = from < images.size();
        if (enough && !first) {
            return Future.succeededFuture();
        }
        int start = from % images.size();
        List<ImageFile> batch = images.subList(start, Math.min(start + BATCH_SIZE, images.size()));
        return batch(batch, first).compose(done -> rounds(images, from + batch.size()));
    }

    private Future<Void> batch(List<ImageFile> images, boolean first) {
        GatewayWorker worker = new GatewayWorker(traffic);
        long begun = System.nanoTime();
        DeploymentOptions options = new DeploymentOptions().setConfig(settings.serviceConfig("gateway"));
        return vertx.deployVerticle(worker, options).compose(deployment -> {
            double joinMillis = (System.nanoTime() - begun) / 1e6;
            return worker.process(images)
                    .onSuccess(outcomes -> tell(joinMillis, outcomes, first))
                    .eventually(() -> vertx.undeploy(deployment))
                    .mapEmpty();
        });
    }

    private void tell(double joinMillis, List<GatewayWorker.Outcome> outcomes, boolean first) {
        for (GatewayWorker.Outcome outcome : outcomes) {
            if (first && !outcome.problem().isEmpty()) {
                line.event(
                        "problem", new JsonObject().put("file", outcome.name()).put("why", outcome.problem()));
            }
        }
        JsonObject risks = new JsonObject();
        outcomes.stream()
                .map(outcome ->
                        outcome.facts().getJsonObject("risk", new JsonObject()).getString("level", "none"))
                .forEach(level -> risks.put(level, risks.getInteger(level, 0) + 1));
        line.event("batch", status().put("joinMillis", joinMillis).put("risks", risks));
    }

    private SecureEventBusOptions options() {
        return new SecureEventBusOptions(settings.serviceConfig("gateway").getJsonObject("latchkey"));
    }

    /** Asks for an operation that policy does not let this service invoke. */
    private Future<JsonObject> overstep() {
        return SecureEventBus.join(vertx, options())
                .compose(bus ->
                        denial(bus.request(Addresses.RISK, new JsonObject())).eventually(bus::leave));
    }

    /** Registers for an operation that policy does not let this service provide. */
    private Future<JsonObject> declare(String operation) {
        return denial(SecureEventBus.join(vertx, options().setProvides(Set.of(operation))));
    }

    private static Future<JsonObject> denial(Future<?> attempt) {
        return attempt.map(done -> new JsonObject().put("refused", false))
                .otherwise(failure -> new JsonObject().put("refused", true).put("reason", reason(failure)));
    }

    private static String reason(Throwable failure) {
        return failure instanceof DeniedException denied
                ? denied.reason().name()
                : String.valueOf(failure.getMessage());
    }
}

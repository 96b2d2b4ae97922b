// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import dev.latchkey.examples.imaging.ImageFile;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Sends one batch of images through {@code process_image}, a few at a time. It joins for the batch, and leaves after it. */
public final class GatewayWorker extends SecureVerticle {
    private static final int IN_FLIGHT = 6;

    private final Traffic traffic;

    /** A worker that counts its messages. */
    public GatewayWorker(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return Future.succeededFuture();
    }

    /** What became of each image, in no particular order. Callable from any thread. */
    public Future<List<Outcome>> process(List<ImageFile> images) {
        Promise<List<Outcome>> processed = Promise.promise();
        context.runOnContext(now -> batch(images).onComplete(processed));
        return processed.future();
    }

    private Future<List<Outcome>> batch(List<ImageFile> images) {
        List<Outcome> outcomes = new ArrayList<>();
        return ask(new JsonObject().put("action", "open")).compose(opened -> {
            String address = opened.getString("address");
            return sendAll(address, images.iterator(), outcomes)
                    .compose(sent -> ask(new JsonObject().put("action", "close").put("address", address)))
                    .map(outcomes);
        });
    }

    private Future<JsonObject> ask(JsonObject question) {
        return traffic.count(bus().<JsonObject>request(Addresses.BATCH, question))
                .map(answer -> answer.body());
    }

    private Future<?> sendAll(String address, Iterator<ImageFile> images, List<Outcome> outcomes) {
        List<Future<Void>> lanes = new ArrayList<>();
        for (int lane = 0; lane < IN_FLIGHT; lane++) {
            lanes.add(sendNext(address, images, outcomes));
        }
        return Future.join(lanes);
    }

    private Future<Void> sendNext(String address, Iterator<ImageFile> images, List<Outcome> outcomes) {
        if (!images.hasNext()) {
            return Future.succeededFuture();
        }
        ImageFile image = images.next();
        DeliveryOptions options = new DeliveryOptions().addHeader("name", image.name());
        return traffic.count(bus().<JsonObject>request(address, Buffer.buffer(image.encoded()), options))
                .map(answer -> new Outcome(image.name(), answer.body(), ""))
                .otherwise(failure -> new Outcome(image.name(), new JsonObject(), String.valueOf(failure.getMessage())))
                .onSuccess(outcomes::add)
                .compose(done -> sendNext(address, images, outcomes));
    }

    /**
     * What became of an image.
     *
     * @param facts what was found, with the risk; empty when it failed
     * @param problem why it failed; empty when it did not
     */
    public record Outcome(String name, JsonObject facts, String problem) {}
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import dev.latchkey.examples.imaging.ImageAnalyzer;
import dev.latchkey.examples.imaging.ImageFacts;
import dev.latchkey.examples.imaging.UnreadableImageException;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/**
 * Provides {@code process_image} for one batch: looks at each image, has its risk calculated, and answers with both.
 *
 * <p>Note that the calculation is a request on a secured address like any other: this service needs its own invitation.
 */
final class ImageWorker extends SecureVerticle {
    private final String address;
    private final Traffic traffic;

    ImageWorker(String address, Traffic traffic) {
        this.address = address;
        this.traffic = traffic;
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<Buffer>consumer(address, this::process).completion();
    }

    private void process(Message<Buffer> image) {
        traffic.handled();
        byte[] encoded = image.body().getBytes();
        vertx.executeBlocking(() -> ImageAnalyzer.analyze(encoded), false)
                .compose(this::withRisk)
                .onSuccess(image::reply)
                .onFailure(failure -> fail(image, failure));
    }

    private Future<JsonObject> withRisk(ImageFacts facts) {
        JsonObject known = facts.toJson();
        return traffic.count(bus().<JsonObject>request(Addresses.RISK, known))
                .map(risk -> known.put("risk", risk.body()));
    }

    private static void fail(Message<?> image, Throwable failure) {
        if (failure instanceof UnreadableImageException unreadable) {
            image.fail(Refused.UNREADABLE_IMAGE, unreadable.reason());
        } else {
            image.fail(500, failure.getMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.json.JsonObject;

/** A service of the demo, which tells what it has seen. */
public abstract class CountingService extends SecureVerticle {
    private final Traffic traffic;

    /** A service that counts its messages. */
    protected CountingService(Traffic traffic) {
        this.traffic = traffic;
    }

    /** The counts. */
    protected final Traffic traffic() {
        return traffic;
    }

    /** Messages sent, answered and handled, and refusals by reason. Callable from any thread. */
    public final JsonObject status() {
        JsonObject refusals = new JsonObject();
        bus().refusals().forEach((reason, count) -> refusals.put(reason.name(), count));
        return new JsonObject()
                .put("sent", traffic.sent())
                .put("answered", traffic.answeredSoFar())
                .put("handled", traffic.handledSoFar())
                .put("refusals", refusals);
    }
}

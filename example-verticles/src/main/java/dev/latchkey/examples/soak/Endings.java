// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.TreeMap;

/** Tells how messages ended badly, and counts it by reason. Not thread-safe. */
final class Endings {
    private final TreeMap<String, Long> counts = new TreeMap<>();

    Outcome of(Throwable failure) {
        counts.merge(reason(failure), 1L, Long::sum);
        return isRefusal(failure) ? Outcome.REFUSED : Outcome.FAILED;
    }

    /** A failure that nobody vouches for says nothing of the handler, so it is no refusal. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof DeniedException denied && denied.reason() != DenialReason.UNAUTHENTICATED_FAILURE;
    }

    private static String reason(Throwable failure) {
        if (failure instanceof DeniedException denied) {
            return denied.reason().name();
        }
        return failure instanceof ReplyException reply
                ? reply.failureType().name()
                : failure.getClass().getSimpleName();
    }

    JsonObject toJson() {
        JsonObject json = new JsonObject();
        counts.forEach(json::put);
        return json;
    }
}

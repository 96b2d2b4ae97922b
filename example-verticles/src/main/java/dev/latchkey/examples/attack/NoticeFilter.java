// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.registration.Notice;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.DeliveryContext;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Drops what comes to a node at the notices' address, while it is told to: somebody on the way to this one node would do no more. All
 * other nodes hear it.
 */
final class NoticeFilter implements Handler<DeliveryContext<Object>> {
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile boolean away;

    @Override
    public void handle(DeliveryContext<Object> context) {
        if (away && context.message().address().equals(Notice.ADDRESS)) {
            dropped.incrementAndGet();
        } else {
            context.next();
        }
    }

    /** Begins or ends to drop them; how many were dropped so far. */
    Future<JsonObject> keptAway(boolean begin) {
        away = begin;
        return Future.succeededFuture(new JsonObject().put("dropped", dropped.get()));
    }
}

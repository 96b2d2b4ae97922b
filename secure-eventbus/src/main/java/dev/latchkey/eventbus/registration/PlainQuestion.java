// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.TimeUnit;

/**
 * A question of Latchkey's own over the plain bus, whose wait ends whatever is answered.
 *
 * <p>Anybody in the cluster may answer it. Vert.x ends its own wait before it reads an answer, so that one which cannot be read would leave the
 * question open for ever, and who waits for it would never ask again.
 */
public final class PlainQuestion {
    /** Where an answer can be read, or there is none, Vert.x is the first to say so. */
    private static final long LATER_MILLIS = 50;

    private PlainQuestion() {}

    /**
     * Asks once.
     *
     * @return fails when nobody listens, nothing that can be read was answered in time, or the answer is a failure
     */
    public static Future<Message<Object>> ask(Vertx vertx, String address, Buffer question, long timeoutMillis) {
        return vertx.eventBus()
                .<Object>request(address, question, new DeliveryOptions().setSendTimeout(timeoutMillis))
                .timeout(timeoutMillis + LATER_MILLIS, TimeUnit.MILLISECONDS);
    }
}

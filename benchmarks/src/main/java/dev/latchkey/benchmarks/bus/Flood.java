// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Messages that nobody answers: as many under way as the window takes, until the limit is reached; done when all have arrived. All of
 * it runs on one context.
 */
final class Flood {
    private static final long PATIENCE_MILLIS = 10_000;

    private final NodeBus node;
    private final Traffic traffic;
    private final Limit limit;
    private final Context context;
    private final LongSupplier reached;
    private final Buffer body;
    private final Promise<JsonObject> done = Promise.promise();
    private final long begun = System.nanoTime();
    private long sent;
    private long reachedBefore = -1;
    private long watchdog;

    /**
     * A flood that has not begun.
     *
     * @param reached how many messages have arrived wherever they should
     */
    Flood(NodeBus node, Traffic traffic, Limit limit, Context context, LongSupplier reached) {
        this.node = node;
        this.traffic = traffic;
        this.limit = limit;
        this.context = context;
        this.reached = reached;
        this.body = Buffer.buffer(new byte[traffic.size()]);
    }

    Future<JsonObject> start() {
        watchdog = node.vertx().setPeriodic(PATIENCE_MILLIS, id -> watch());
        pump();
        return done.future().onComplete(ended -> node.vertx().cancelTimer(watchdog));
    }

    /** To be called on any thread when more have arrived. */
    void progress() {
        context.runOnContext(now -> pump());
    }

    private void pump() {
        if (done.future().isComplete()) {
            return;
        }
        while (!isOver() && sent - reached.getAsLong() <= traffic.window() - traffic.batch()) {
            sendBatch();
        }
        if (isOver() && reached.getAsLong() >= sent) {
            finish();
        }
    }

    private boolean isOver() {
        return limit.isReached(sent, System.nanoTime() - begun);
    }

    private void sendBatch() {
        for (int i = 0; i < traffic.batch(); i++) {
            send(node.addresses().next(traffic.kind()));
        }
        sent += traffic.batch();
    }

    private void send(String address) {
        if (traffic.kind() == Kind.PUBLISH) {
            node.bus().publish(address, body, node.guard().stamp(address));
        } else {
            node.bus().send(address, body, node.guard().stamp(address));
        }
    }

    /** Ends a flood of which nothing arrives any more. */
    private void watch() {
        long now = reached.getAsLong();
        if (now == reachedBefore) {
            done.tryFail(traffic + ": of " + sent + " messages, " + now + " arrived, and none within "
                    + TimeUnit.MILLISECONDS.toSeconds(PATIENCE_MILLIS) + " s");
        }
        reachedBefore = now;
    }

    private void finish() {
        done.complete(new JsonObject().put("messages", sent).put("nanos", System.nanoTime() - begun));
    }
}

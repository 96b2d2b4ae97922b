// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** Requests, as many under way as their kind says, until the limit is reached; done when all are answered. On one context. */
final class Questions {
    private final NodeBus node;
    private final Traffic traffic;
    private final Limit limit;
    private final Latencies latencies;
    private final Buffer body;
    private final Promise<JsonObject> done = Promise.promise();
    private final long begun = System.nanoTime();
    private long asked;
    private long answered;

    Questions(NodeBus node, Traffic traffic, Limit limit, Latencies latencies) {
        this.node = node;
        this.traffic = traffic;
        this.limit = limit;
        this.latencies = latencies;
        this.body = Buffer.buffer(new byte[traffic.size()]);
        latencies.clear();
    }

    Future<JsonObject> start() {
        for (int i = 0; i < traffic.kind().inFlight(); i++) {
            ask();
        }
        return done.future();
    }

    private void ask() {
        asked++;
        long asking = System.nanoTime();
        String address = node.addresses().next(traffic.kind());
        node.bus()
                .<Buffer>request(address, body, node.guard().stamp(address))
                .compose(this::check)
                .onComplete(answer -> ended(answer, asking));
    }

    private Future<?> check(Message<Buffer> answer) {
        return answer.body().length() == traffic.size()
                ? node.guard().check(answer)
                : Future.failedFuture("an answer has another size than its question");
    }

    private void ended(AsyncResult<?> answer, long asking) {
        if (answer.failed()) {
            done.tryFail(traffic + ": a request failed: " + answer.cause().getMessage());
            return;
        }
        long now = System.nanoTime();
        latencies.add(now - asking);
        answered++;
        goOn(now);
    }

    private void goOn(long now) {
        if (!limit.isReached(asked, now - begun)) {
            ask();
        } else if (answered == asked) {
            done.tryComplete(result(now));
        }
    }

    private JsonObject result(long now) {
        JsonObject result = new JsonObject().put("messages", answered).put("nanos", now - begun);
        return traffic.kind() == Kind.LATENCY ? result.mergeIn(latencies.toJson()) : result;
    }
}

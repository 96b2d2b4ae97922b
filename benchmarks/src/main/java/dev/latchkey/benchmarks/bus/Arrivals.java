// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Consumers of one kind of traffic on one node, each on a context of its own, which count what arrives, and answer it if it is to be
 * answered. Thread-safe.
 */
final class Arrivals {
    private final NodeBus node;
    private final Kind kind;
    private final LongConsumer reached;
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private volatile long batch = Long.MAX_VALUE;

    /**
     * Consumers that {@link #consume} starts.
     *
     * @param reached told how many have arrived, after each batch
     */
    Arrivals(NodeBus node, Kind kind, LongConsumer reached) {
        this.node = node;
        this.kind = kind;
        this.reached = reached;
    }

    /** Completes when the cluster knows of the consumers. */
    Future<Void> consume() {
        Future<Void> all = Future.succeededFuture();
        for (int i = 0; i < kind.consumers(); i++) {
            all = all.compose(before -> consumeOnOne());
        }
        return all;
    }

    private Future<Void> consumeOnOne() {
        Context context = node.vertx().getOrCreateContext();
        Promise<Void> known = Promise.promise();
        context.runOnContext(now -> consumeAll().onComplete(known));
        return known.future();
    }

    private Future<Void> consumeAll() {
        return Future.all(node.addresses().of(kind).stream()
                        .map(address ->
                                node.bus().<Buffer>consumer(address, this::take).completion())
                        .toList())
                .mapEmpty();
    }

    private void take(Message<Buffer> message) {
        Future<?> checked = node.guard().check(message);
        if (checked.succeeded()) {
            count(message);
        } else {
            checked.onSuccess(passed -> count(message)).onFailure(failure -> refused.incrementAndGet());
        }
    }

    private void count(Message<Buffer> message) {
        long now = arrived.incrementAndGet();
        if (kind.isAnswered()) {
            message.reply(message.body(), node.guard().stamp(message.replyAddress()));
        }
        if (now % batch == 0) {
            reached.accept(now);
        }
    }

    /** Counts anew, for traffic of this kind. */
    void begin(Traffic traffic) {
        batch = (long) traffic.batch() * kind.consumers();
        arrived.set(0);
    }

    /** What has arrived so far. */
    Arrived arrived() {
        return new Arrived(arrived.get(), refused.get());
    }
}

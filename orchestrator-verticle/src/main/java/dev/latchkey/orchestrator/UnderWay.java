// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;

/** Work that has begun and not ended: who stops waits for it. Callable from any thread. */
final class UnderWay {
    /** One more than is under way, until {@link #ended} is asked for. */
    private final AtomicInteger count = new AtomicInteger(1);

    private final Promise<Void> ended = Promise.promise();

    /** The same work, counted. */
    <T> Future<T> add(Future<T> work) {
        count.incrementAndGet();
        return work.onComplete(done -> end());
    }

    /** Done when none is under way. To be called once, when no more is begun. */
    Future<Void> ended() {
        end();
        return ended.future();
    }

    private void end() {
        if (count.decrementAndGet() == 0) {
            ended.tryComplete();
        }
    }
}

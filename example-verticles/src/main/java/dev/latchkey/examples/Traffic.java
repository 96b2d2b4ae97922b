// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import io.vertx.core.Future;
import java.util.concurrent.atomic.LongAdder;

/** Counts messages: those that were sent, those whose answer came, and those that a handler got. Thread-safe. */
public final class Traffic {
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final LongAdder handled = new LongAdder();

    /** Counts a request, and its answer when it comes; an authentic failure is an answer too. */
    <T> Future<T> count(Future<T> request) {
        sent.increment();
        return request.onSuccess(answer -> answered.increment()).onFailure(failure -> {
            if (Refused.byTheHandler(failure)) {
                answered.increment();
            }
        });
    }

    /** Counts a message that reached a handler. */
    void handled() {
        handled.increment();
    }

    /** Requests sent so far. */
    public long sent() {
        return sent.sum();
    }

    /** Requests that were answered so far. */
    public long answeredSoFar() {
        return answered.sum();
    }

    /** Messages that reached a handler so far. */
    public long handledSoFar() {
        return handled.sum();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lets the command's own thread wait for what Vert.x does on its threads. */
final class Awaiting {
    private Awaiting() {}

    /**
     * Waits for the result.
     *
     * @param late the failure's text when the time is up: what did not happen, and what to check
     * @throws Exception what the future failed with, as it is
     */
    static <T> T result(Future<T> future, Duration patience, String late) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        } catch (TimeoutException e) {
            throw new TimeoutException(late);
        }
    }
}

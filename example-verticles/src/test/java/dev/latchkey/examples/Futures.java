// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures; bounded, so that a test that hangs says where. */
public final class Futures {
    private static final long SECONDS = 60;

    private Futures() {}

    /** The result, or the failure thrown. */
    public static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException("no result within " + SECONDS + " s", e);
        }
    }

    /** The failure; throws when there is none. */
    public static Throwable failure(Future<?> future) {
        return await(future.<Throwable>map(result -> new AssertionError("succeeded with " + result))
                .otherwise(failure -> failure));
    }
}

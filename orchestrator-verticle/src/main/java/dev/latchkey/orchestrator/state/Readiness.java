// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether an orchestrator is ready: it can read what all orchestrators share, without which nothing is issued. Anybody may ask, without a
 * token, so all who ask meanwhile share one look at the state. Thread-safe.
 */
public final class Readiness {
    private static final long PATIENCE_MILLIS = 2_000;

    private final Supplier<? extends Future<?>> look;
    private @Nullable Future<?> asking;

    /** @param look reads something that is shared; fails when it cannot be read */
    public Readiness(Supplier<? extends Future<?>> look) {
        this.look = look;
    }

    /** Done when it is ready; fails when it is not, after two seconds at most. */
    public Future<Void> check() {
        return reached().timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).mapEmpty();
    }

    private synchronized Future<?> reached() {
        Future<?> asked = asking;
        if (asked == null || asked.isComplete()) {
            asked = look.get();
            asking = asked;
        }
        return asked;
    }
}

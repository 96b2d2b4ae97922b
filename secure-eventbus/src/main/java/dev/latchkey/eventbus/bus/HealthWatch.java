// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.Health;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** Tells an application when its instance's health changes. Thread-safe. */
final class HealthWatch {
    private final Vertx vertx;
    private Health last = Health.HEALTHY;
    private @Nullable Handler<Health> handler;
    private @Nullable Context context;

    HealthWatch(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Who is told, on the context of this call; null for nobody. */
    synchronized void handler(@Nullable Handler<Health> told) {
        handler = told;
        context = vertx.getOrCreateContext();
    }

    /** Tells of a change. */
    synchronized void note(Health now) {
        Handler<Health> told = handler;
        if (now != last && told != null && context != null) {
            context.runOnContext(ignored -> told.handle(now));
        }
        last = now;
    }
}

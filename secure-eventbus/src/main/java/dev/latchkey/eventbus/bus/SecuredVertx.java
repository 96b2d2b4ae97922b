// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.eventbus.EventBus;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;

/** A Vertx in all but its event bus. */
final class SecuredVertx extends VertxWrapper {
    private final EventBus secured;

    SecuredVertx(VertxInternal vertx, EventBus secured) {
        super(vertx);
        this.secured = secured;
    }

    @Override
    public EventBus eventBus() {
        return secured;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import io.vertx.core.Vertx;
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

    /** The Vertx itself, whoever's view of it is given: members share what is on the plain bus. */
    static Vertx unwrap(Vertx vertx) {
        return vertx instanceof SecuredVertx view ? view.delegate : vertx;
    }

    @Override
    public EventBus eventBus() {
        return secured;
    }
}

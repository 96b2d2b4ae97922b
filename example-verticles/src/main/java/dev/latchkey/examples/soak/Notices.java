// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.registration.Notice;
import io.vertx.core.Vertx;

/** An adversary that keeps notices away from a node. */
final class Notices {
    private Notices() {}

    /** From now on no notice reaches anybody on this node. */
    static void drop(Vertx vertx) {
        vertx.eventBus().addInboundInterceptor(delivery -> {
            if (!Notice.ADDRESS.equals(delivery.message().address())) {
                delivery.next();
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;

/** What an application does by itself to protect a message, where its bus does not. */
interface MessageGuard {
    /** Leaves all to the bus. */
    MessageGuard NONE = new MessageGuard() {
        @Override
        public DeliveryOptions stamp(String address) {
            return new DeliveryOptions();
        }

        @Override
        public Future<?> check(Message<?> message) {
            return PASSED;
        }
    };

    /** What {@link #check} gives for a message that is allowed. */
    Future<?> PASSED = Future.succeededFuture();

    /** Options for a message to an address. */
    DeliveryOptions stamp(String address);

    /** Fails for a message that is not allowed. */
    Future<?> check(Message<?> message);
}

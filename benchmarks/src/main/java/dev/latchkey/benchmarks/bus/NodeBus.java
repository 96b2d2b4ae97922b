// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.transport.CoalescedWrites;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;

/**
 * The bus that a node's messages take, and what the node does to them by itself.
 *
 * @param vertx the node's; its own bus carries what counts the messages, in every mode
 */
record NodeBus(Vertx vertx, EventBus bus, MessageGuard guard) {

    static Future<NodeBus> join(Vertx vertx, NodeSettings settings) {
        BusMode mode = BusMode.named(settings.extra().getString("mode"));
        MessageGuard guard = JwtGuard.of(vertx, mode, new JwtKeys(settings.folder()));
        return bus(vertx, settings, mode).map(bus -> new NodeBus(vertx, bus, guard));
    }

    private static Future<EventBus> bus(Vertx vertx, NodeSettings settings, BusMode mode) {
        if (mode == BusMode.PLAIN_COALESCED && !CoalescedWrites.begin(vertx)) {
            return Future.failedFuture("the writes of this Vert.x cannot be coalesced");
        }
        if (!mode.isSealed()) {
            return Future.succeededFuture(vertx.eventBus());
        }
        SecureEventBusOptions options = new SecureEventBusOptions(
                settings.serviceConfig(settings.role()).getJsonObject("latchkey"));
        return SecureEventBus.join(vertx, options).map(bus -> bus);
    }
}

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
record NodeBus(Vertx vertx, Callers callers, Addresses addresses, MessageGuard guard) {
    /** A service that has no other business than to call the server. */
    private static final String CALLER = "caller";

    static Future<NodeBus> join(Vertx vertx, NodeSettings settings) {
        BusMode mode = BusMode.named(settings.extra().getString("mode"));
        MessageGuard guard = JwtGuard.of(vertx, mode, new JwtKeys(settings.folder()));
        Addresses addresses = new Addresses(settings.extra().getInteger(CrowdSize.OPERATIONS));
        return callers(vertx, settings, mode).map(callers -> new NodeBus(vertx, callers, addresses, guard));
    }

    private static Future<Callers> callers(Vertx vertx, NodeSettings settings, BusMode mode) {
        if (mode == BusMode.PLAIN_COALESCED && !CoalescedWrites.begin(vertx)) {
            return Future.failedFuture("the writes of this Vert.x cannot be coalesced");
        }
        if (!mode.isSealed()) {
            return Future.succeededFuture(Callers.only(vertx.eventBus()));
        }
        return join(vertx, settings, settings.role())
                .map(first -> new Callers(first, () -> join(vertx, settings, CALLER)));
    }

    private static Future<SecureEventBus> join(Vertx vertx, NodeSettings settings, String service) {
        return SecureEventBus.join(
                vertx, new SecureEventBusOptions(settings.serviceConfig(service).getJsonObject("latchkey")));
    }

    /**
     * Begins anew. On the thread that sends.
     *
     * @param together how many callers, or operations, take turns with each other; 0 for all that there are
     */
    void takeTurns(int together) {
        callers.takeTurns(together);
        addresses.takeTurns(together);
    }

    /** The bus that the next message takes. */
    EventBus bus() {
        return callers.next();
    }
}

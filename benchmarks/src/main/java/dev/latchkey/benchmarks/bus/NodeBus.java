// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.eventbus.transport.CoalescedWrites;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.util.Set;

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
        Addresses addresses = new Addresses(operations(settings));
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
        SecureEventBusOptions options =
                new SecureEventBusOptions(settings.serviceConfig(service).getJsonObject("latchkey"));
        if (operations(settings) > 0) {
            declare(options, settings.role(), OperationsPolicy.names(operations(settings)));
        }
        return SecureEventBus.join(vertx, options);
    }

    /** As many as are measured, of those that policy allows. */
    private static void declare(SecureEventBusOptions options, String role, Set<String> operations) {
        if (role.equals(BenchNode.SERVER)) {
            options.setProvides(operations);
        } else {
            options.setInvokes(operations);
        }
    }

    private static int operations(NodeSettings settings) {
        return settings.extra().getInteger(CrowdSize.OPERATIONS);
    }

    /** The bus that the next message takes. */
    EventBus bus() {
        return callers.next();
    }
}

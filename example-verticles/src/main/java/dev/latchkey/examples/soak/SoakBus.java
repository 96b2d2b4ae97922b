// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureEventBusOptions;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Which bus a run is on: the same load, faults and checker tell what the plain bus loses from what the secured one does. */
enum SoakBus {
    SECURED,
    PLAIN;

    /** The name in settings and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SoakBus of(NodeSettings settings) {
        return valueOf(settings.extra().getString("bus").toUpperCase(Locale.ROOT));
    }

    /** Joins as a service; the plain bus is there already. */
    Future<EventBus> join(Vertx vertx, NodeSettings settings, String service) {
        return this == PLAIN
                ? Future.succeededFuture(vertx.eventBus())
                : SecureEventBus.join(vertx, options(settings, service)).map(bus -> bus);
    }

    /** Leaves; what nobody joined needs no leaving. */
    static Future<Void> leave(EventBus bus) {
        return bus instanceof SecureEventBus joined ? joined.leave() : Future.succeededFuture();
    }

    private static SecureEventBusOptions options(NodeSettings settings, String service) {
        Duration skew = Duration.ofMillis(settings.extra().getLong("skewMillis", 0L));
        return new SecureEventBusOptions(settings.serviceConfig(service).getJsonObject("latchkey"))
                .setClock(Clock.offset(Clock.systemUTC(), skew));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.bootstrap.Locating;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a service outside of the bus is, by DNS: for a verticle that answers on a secured address by asking it. What DNS says is not proved:
 * let TLS, or something else that the service can show, say who it is. May be shared between threads.
 */
public interface DnsLocator {
    /**
     * A locator of one service.
     *
     * @param name with SRV records (RFC 2782), such as {@code _http._tcp.weather.shop.svc.cluster.local}, or with addresses
     * @param port beside addresses, as SRV records bring their own
     * @param nameServer IP address, or address:port, of the DNS server; null for the first one of this machine
     * @throws IllegalArgumentException for a server that is given by a name, or by another text
     */
    static DnsLocator of(Vertx vertx, String name, int port, @Nullable String nameServer) {
        NameServer server = nameServer == null ? null : NameServer.parse(nameServer, "nameServer");
        return server == null
                ? new Locating(vertx, name, port, null, NameServer.DEFAULT_PORT, Clock.systemUTC())
                : new Locating(vertx, name, port, server.host(), server.port(), Clock.systemUTC());
    }

    /**
     * Where it is, at most 16 places in the order in which to try them: by the records' priority, and drawn by their weight. DNS is asked when the
     * TTL of its last answer is over; while no server answers, the last answer holds on.
     *
     * @return empty when the name has no records; fails when no server has ever answered
     */
    Future<List<Endpoint>> endpoints();

    /** None of them worked: DNS is asked anew the next time. */
    void failed();
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.DnsLocator;
import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps an answer of DNS for its TTL, and beyond while no server answers. One question at a time. */
public final class Locating implements DnsLocator {
    private final Dns dns;
    private final String name;
    private final int port;
    private final Clock clock;
    private @Nullable Places known;
    private long knownUntil;
    private @Nullable Future<List<Endpoint>> asking;

    /**
     * See {@link DnsLocator#of}.
     *
     * @param server the DNS server's IP address; null for the first one of this machine
     */
    public Locating(Vertx vertx, String name, int port, @Nullable String server, int serverPort, Clock clock) {
        this(new VertxDns(vertx, server, serverPort), name, port, clock);
    }

    Locating(Dns dns, String name, int port, Clock clock) {
        this.dns = dns;
        this.name = name;
        this.port = port;
        this.clock = clock;
    }

    @Override
    public synchronized Future<List<Endpoint>> endpoints() {
        Places places = known;
        if (places != null && clock.millis() < knownUntil) {
            return Future.succeededFuture(places.places());
        }
        Future<List<Endpoint>> underWay = asking;
        if (underWay == null) {
            underWay = ask();
            asking = underWay.isComplete() ? null : underWay;
        }
        return underWay;
    }

    private Future<List<Endpoint>> ask() {
        return Places.find(dns, name, port)
                .map(this::keep)
                .recover(this::lastKnown)
                .onComplete(done -> settled());
    }

    private synchronized void settled() {
        asking = null;
    }

    private synchronized List<Endpoint> keep(Places found) {
        known = found;
        knownUntil = clock.millis() + found.ttl().toMillis();
        return found.places();
    }

    private synchronized Future<List<Endpoint>> lastKnown(Throwable failure) {
        Places places = known;
        return places == null ? Future.failedFuture(failure) : Future.succeededFuture(places.places());
    }

    @Override
    public synchronized void failed() {
        knownUntil = 0;
    }
}

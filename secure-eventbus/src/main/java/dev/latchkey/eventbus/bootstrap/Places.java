// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where DNS says that orchestrators are: the targets of SRV records in their order, each by its addresses; or, of a name without SRV records,
 * the addresses of the name behind {@code _service._proto.}
 *
 * @param places in the order in which they are tried, so many at most
 * @param ttl how long that holds
 */
record Places(List<Endpoint> places, Duration ttl) {
    /** As many are tried. */
    static final int MAX = 16;

    /** Vert.x does not tell the TTL of addresses; those of Kubernetes live for 5 to 30 seconds. */
    private static final Duration TTL_OF_ADDRESSES = Duration.ofSeconds(5);

    private static final SecureRandom RANDOM = new SecureRandom();

    static Future<Places> find(Dns dns, String name, int port) {
        return dns.srv(name).compose(records -> records.isEmpty() ? ofName(dns, name, port) : ofRecords(dns, records));
    }

    private static Future<Places> ofName(Dns dns, String name, int port) {
        String host = name.replaceFirst("^_[^.]+\\._[^.]+\\.", "");
        return dns.addresses(host)
                .map(addresses -> new Places(
                        addresses.stream()
                                .limit(MAX)
                                .map(address -> new Endpoint(host, address, port))
                                .toList(),
                        TTL_OF_ADDRESSES));
    }

    /**
     * A target of "." says that there is none (RFC 2782). One whose addresses cannot be found is left out beside others; alone, it fails, as
     * nobody knows where it is.
     */
    private static Future<Places> ofRecords(Dns dns, List<Srv> records) {
        List<Srv> ordered = SrvOrder.of(
                new ArrayList<>(records.stream()
                        .filter(record ->
                                !record.target().isEmpty() && !record.target().equals("."))
                        .toList()),
                bound -> RANDOM.nextInt(bound));
        List<Future<List<Endpoint>>> asked =
                ordered.stream().limit(MAX).map(record -> places(dns, record)).toList();
        long ttl = records.stream().mapToLong(Srv::ttl).min().orElse(0);
        return Future.join(asked).transform(done -> {
            List<Endpoint> places =
                    asked.stream().flatMap(Places::found).limit(MAX).toList();
            return places.isEmpty() && done.failed()
                    ? Future.failedFuture(done.cause())
                    : Future.succeededFuture(new Places(places, Duration.ofSeconds(ttl)));
        });
    }

    private static Stream<Endpoint> found(Future<List<Endpoint>> asked) {
        return asked.succeeded() ? asked.result().stream() : Stream.empty();
    }

    private static Future<List<Endpoint>> places(Dns dns, Srv record) {
        String host = record.target().replaceFirst("\\.$", "");
        return dns.addresses(host).map(addresses -> addresses.stream()
                .map(address -> new Endpoint(host, address, record.port()))
                .toList());
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.wire.Content;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;

/**
 * One message without an answer, of an operation that has backup addresses: sent to the first that is known to have handlers.
 *
 * <p>That an address has none, this JVM knows before the message leaves, and the next one gets it. Whether whoever is registered
 * there is alive, nobody learns: there is no answer.
 */
final class OneWay {
    private final BusGuard guard;
    private final Member member;
    private final Route route;
    private final Content content;
    private final DeliveryOptions options;

    /** @param addresses where it may go, in order of preference */
    OneWay(BusGuard guard, Member member, List<String> addresses, Content content, DeliveryOptions options) {
        this.guard = guard;
        this.member = member;
        this.route = new Route(guard.addressHealth(), addresses);
        this.content = content;
        this.options = options;
    }

    /** Done once it is written; failed already when it was denied at once. */
    Future<Void> send() {
        String address = route.nextOneWay();
        RequestCarrier carrier = new RequestCarrier(member, content.copied());
        Future<Void> written =
                guard.plainBus().sender(address, Outside.options(options)).write(carrier);
        DeniedException denial = carrier.denial();
        // What is denied at once is never written, and nobody completes the future of it.
        return denial == null
                ? written.transform(done -> written(address, carrier, done))
                : Future.failedFuture(denial);
    }

    private Future<Void> written(String address, RequestCarrier carrier, AsyncResult<Void> done) {
        DeniedException denial = carrier.denial();
        if (denial != null) {
            return Future.failedFuture(denial);
        }
        if (done.succeeded()) {
            guard.addressHealth().found(address);
            return Future.succeededFuture();
        }
        return again(address, carrier, done.cause());
    }

    private Future<Void> again(String address, RequestCarrier carrier, Throwable failure) {
        boolean nobody = Tried.isNoHandlers(failure) && Ending.of(carrier, failure) == Ending.NOBODY;
        if (nobody) {
            guard.addressHealth().failed(address, false);
        }
        return nobody && !route.isExhausted() ? send() : Future.failedFuture(Tried.counted(failure, route.tried()));
    }
}

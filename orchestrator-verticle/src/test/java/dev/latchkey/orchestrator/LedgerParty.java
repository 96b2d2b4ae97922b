// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.function.Function;

/** A service on a node that leaves and joins again, while others use it. */
final class LedgerParty {
    private static final int ATTEMPTS = 150;
    private static final long PAUSE_MILLIS = 100;

    private final Vertx vertx;
    private final String service;
    private final Realm realm;
    private final Function<SecureEventBus, Future<?>> setUp;
    private volatile SecureEventBus bus;

    LedgerParty(Vertx vertx, String service, Realm realm, Function<SecureEventBus, Future<?>> setUp) {
        this.vertx = vertx;
        this.service = service;
        this.realm = realm;
        this.setUp = setUp;
        this.bus = join();
    }

    private SecureEventBus join() {
        SecureEventBus joined = Realm.await(join(ATTEMPTS));
        Realm.await(setUp.apply(joined));
        return joined;
    }

    /** Whoever asks an orchestrator that is just going is told that it cannot serve. */
    private Future<SecureEventBus> join(int attempts) {
        return SecureEventBus.join(vertx, realm.options(service))
                .recover(failure -> attempts > 1
                        ? vertx.timer(PAUSE_MILLIS).compose(done -> join(attempts - 1))
                        : Future.failedFuture(failure));
    }

    void restart() {
        Realm.await(bus.leave());
        bus = join();
    }

    Vertx vertx() {
        return vertx;
    }

    /** The bus as of its last start; one that has left refuses what is sent. */
    SecureEventBus bus() {
        return bus;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.BootstrapException;
import dev.latchkey.eventbus.BootstrapOptions;
import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Goes through the places that DNS names, until one presents what is pinned. Works on one context, one pass at a time. */
final class Search {
    private final BootstrapOptions options;
    private final Dns dns;
    private final Function<Endpoint, Future<String>> documents;
    private final LongSupplier clock;
    private List<String> refused = List.of();

    /**
     * @param documents gets the document at a place
     * @param clock milliseconds since 1970
     */
    Search(BootstrapOptions options, Dns dns, Function<Endpoint, Future<String>> documents, LongSupplier clock) {
        this.options = options;
        this.dns = dns;
        this.documents = documents;
        this.clock = clock;
    }

    /** Where DNS says that orchestrators are now. */
    Future<Places> places() {
        return Places.find(dns, options.getName(), options.getPort())
                .recover(failure -> Future.failedFuture(
                        new BootstrapException("the name server did not answer for " + options.getName() + " ("
                                + failure.getMessage() + "); check bootstrap.nameServer, and that it runs")))
                .compose(places -> places.places().isEmpty()
                        ? Future.failedFuture(
                                new BootstrapException(
                                        options.getName()
                                                + " has neither SRV records with addresses nor addresses of its own; check bootstrap.name"))
                        : Future.succeededFuture(places));
    }

    /** The first that can be believed; fails, telling of each, when there is none. */
    Future<Found> first(List<Endpoint> places) {
        refused = new ArrayList<>();
        return next(places, 0);
    }

    private Future<Found> next(List<Endpoint> places, int index) {
        if (index == places.size()) {
            return Future.failedFuture(nobody("can be believed"));
        }
        Endpoint place = places.get(index);
        return at(place).recover(failure -> {
            refused.add(place + " " + failure.getMessage());
            return next(places, index + 1);
        });
    }

    /** What the present pass, or else the last one, was told before the time was up: a wrong key among it must not be lost. */
    BootstrapException timeIsUp() {
        return refused.isEmpty()
                ? new BootstrapException(
                        "the time is up, and nobody at " + options.getName()
                                + " has answered; check that an orchestrator runs and can be reached there, or give a longer bootstrap.timeout")
                : nobody("can be believed, and the time is up");
    }

    private BootstrapException nobody(String ended) {
        return new BootstrapException(
                "no orchestrator at " + options.getName() + " " + ended + ": " + String.join("; ", refused)
                        + ". If a key was presented that is not pinned, the DNS answer is not to be trusted, or the pin is old: compare it with what "
                        + "an orchestrator prints when it starts");
    }

    private Future<Found> at(Endpoint place) {
        return documents
                .apply(place)
                .recover(failure -> Future.failedFuture("did not answer: " + failure.getMessage()))
                .map(text -> new Found(place, BootstrapDocument.verify(text, options.getPins(), clock.getAsLong())));
    }
}

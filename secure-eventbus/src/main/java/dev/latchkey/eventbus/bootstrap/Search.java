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

/** Goes through the places that DNS names, until one presents what is pinned. */
final class Search {
    private final BootstrapOptions options;
    private final Dns dns;
    private final Function<Endpoint, Future<String>> documents;
    private final LongSupplier clock;

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
        return next(places, 0, new ArrayList<>());
    }

    private Future<Found> next(List<Endpoint> places, int index, List<String> refused) {
        if (index == places.size()) {
            return Future.failedFuture(
                    new BootstrapException("no orchestrator at " + options.getName() + " can be believed: "
                            + String.join("; ", refused)
                            + ". If a key was presented that is not pinned, the DNS answer is not to be trusted, or the pin is old: compare it with what "
                            + "an orchestrator prints when it starts"));
        }
        Endpoint place = places.get(index);
        return at(place).recover(failure -> {
            refused.add(place + " " + failure.getMessage());
            return next(places, index + 1, refused);
        });
    }

    private Future<Found> at(Endpoint place) {
        return documents
                .apply(place)
                .recover(failure -> Future.failedFuture("did not answer: " + failure.getMessage()))
                .map(text -> new Found(place, BootstrapDocument.verify(text, options.getPins(), clock.getAsLong())));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.serviceproxy.ServiceBinder;
import org.jspecify.annotations.Nullable;

/** Provides a catalogue on its secured address. Its products are those of the configuration, under {@code products}. */
public final class CatalogService extends SecureVerticle {
    private @Nullable MessageConsumer<JsonObject> published;

    @Override
    protected Future<?> start(SecureEventBus bus) {
        Catalog catalog = new CatalogInMemory();
        return fill(catalog).compose(filled -> publish(bus, catalog));
    }

    private Future<?> fill(Catalog catalog) {
        return Future.all(config().getJsonArray("products", new JsonArray()).stream()
                .map(product -> catalog.addProduct(new Product((JsonObject) product)))
                .toList());
    }

    private Future<Void> publish(SecureEventBus bus, Catalog catalog) {
        published = new ServiceBinder(bus.asVertx()).setAddress(Catalog.ADDRESS).register(Catalog.class, catalog);
        return published.completion();
    }

    /** Not by the binder, which does not tell when it is done. */
    @Override
    public Future<?> stop() {
        return published == null ? Future.succeededFuture() : published.unregister();
    }
}

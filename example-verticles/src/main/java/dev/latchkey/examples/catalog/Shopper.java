// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;

/** Buys the product that its configuration names as {@code sku}, wherever the catalogue runs, and prints what is left. */
public final class Shopper extends SecureVerticle {
    @Override
    protected Future<?> start(SecureEventBus bus) {
        Catalog catalog = new CatalogVertxEBProxy(bus.asVertx(), Catalog.ADDRESS);
        return catalog.takeFromStock(config().getString("sku"), 1)
                .onSuccess(left -> System.out.println(left + " pieces are left"));
    }
}

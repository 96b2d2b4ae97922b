// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import io.vertx.codegen.annotations.ProxyGen;
import io.vertx.codegen.annotations.VertxGen;
import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a shop sells, and how much of it is left. Fails with {@code ServiceException}, by one of the codes below. */
@ProxyGen
@VertxGen
public interface Catalog {
    /** Where policy expects the catalogue. */
    String ADDRESS = "catalog.products";

    /** The stock-keeping unit is not in the catalogue. */
    int UNKNOWN_PRODUCT = 404;

    /** The stock-keeping unit is in the catalogue already. */
    int DUPLICATE_PRODUCT = 409;

    /** Fewer pieces are left than were asked for; the debug info says how many, as {@code left}. */
    int OUT_OF_STOCK = 410;

    /** A stock-keeping unit is empty, or a number is below what it may be. */
    int BAD_INPUT = 422;

    /** Adds a product. Fails with {@link #DUPLICATE_PRODUCT} or {@link #BAD_INPUT}. */
    Future<Void> addProduct(Product product);

    /** The product with this stock-keeping unit, or null when there is none. */
    Future<@Nullable Product> findProduct(String sku);

    /** The products of a category, the cheapest first; empty when there are none. */
    Future<List<Product>> listProducts(String category);

    /**
     * Takes pieces out of the stock: all of them, or none when it fails.
     *
     * <p>Fails with {@link #UNKNOWN_PRODUCT}, {@link #OUT_OF_STOCK} or {@link #BAD_INPUT}.
     *
     * @return how many pieces are left
     */
    Future<Integer> takeFromStock(String sku, int pieces);

    /** Notes that somebody looked at a product. Nobody waits for an answer, so an unknown product is nobody's failure. */
    void countView(String sku);
}

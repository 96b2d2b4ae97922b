// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import io.vertx.core.Future;
import java.util.List;

/** Fails at everything, by an exception that says more than a caller should hear. */
final class BrokenCatalog implements Catalog {
    @Override
    public Future<Void> addProduct(Product product) {
        return collapsed();
    }

    @Override
    public Future<Product> findProduct(String sku) {
        return collapsed();
    }

    @Override
    public Future<List<Product>> listProducts(String category) {
        return collapsed();
    }

    @Override
    public Future<Integer> takeFromStock(String sku, int pieces) {
        return collapsed();
    }

    @Override
    public void countView(String sku) {
        throw new IllegalStateException("the shelf has collapsed");
    }

    private static <T> Future<T> collapsed() {
        return Future.failedFuture(new IllegalStateException("the shelf has collapsed"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.serviceproxy.ServiceException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalogue that lasts as long as its verticle, on whose context it is called. */
final class CatalogInMemory implements Catalog {
    private static final Comparator<Product> CHEAPEST_FIRST = Comparator.comparingInt(Product::getPriceInCents);

    private final Map<String, Product> products = new LinkedHashMap<>();

    /** Keeps a copy, as the caller may be in this JVM and go on changing its own. */
    @Override
    public Future<Void> addProduct(Product product) {
        if (product.getSku().isEmpty() || product.getPriceInCents() < 0 || product.getLeft() < 0) {
            return ServiceException.fail(BAD_INPUT, "a product has a sku, and neither price nor stock is below zero");
        }
        Product before = products.putIfAbsent(product.getSku(), copy(product));
        return before == null
                ? Future.succeededFuture()
                : ServiceException.fail(DUPLICATE_PRODUCT, product.getSku() + " is in the catalogue already");
    }

    @Override
    public Future<@Nullable Product> findProduct(String sku) {
        Product product = products.get(sku);
        return Future.succeededFuture(product == null ? null : copy(product));
    }

    @Override
    public Future<List<Product>> listProducts(String category) {
        return Future.succeededFuture(products.values().stream()
                .filter(product -> product.getCategory().equals(category))
                .sorted(CHEAPEST_FIRST)
                .map(CatalogInMemory::copy)
                .toList());
    }

    @Override
    public Future<Integer> takeFromStock(String sku, int pieces) {
        Product product = products.get(sku);
        if (product == null) {
            return ServiceException.fail(UNKNOWN_PRODUCT, sku + " is not in the catalogue");
        }
        if (pieces < 1) {
            return ServiceException.fail(BAD_INPUT, pieces + " pieces cannot be taken; take one or more");
        }
        return product.getLeft() < pieces ? outOfStock(product) : take(product, pieces);
    }

    private static Future<Integer> outOfStock(Product product) {
        JsonObject left = new JsonObject().put("left", product.getLeft());
        return ServiceException.fail(OUT_OF_STOCK, "too few pieces of " + product.getName() + " are left", left);
    }

    private static Future<Integer> take(Product product, int pieces) {
        product.setLeft(product.getLeft() - pieces);
        return Future.succeededFuture(product.getLeft());
    }

    @Override
    public void countView(String sku) {
        Product product = products.get(sku);
        if (product != null) {
            product.setViews(product.getViews() + 1);
        }
    }

    private static Product copy(Product product) {
        return new Product(product.toJson());
    }
}

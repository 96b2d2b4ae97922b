// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import static dev.latchkey.examples.Futures.await;
import static dev.latchkey.examples.Futures.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import io.vertx.serviceproxy.ServiceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogInMemoryTest {
    private final Catalog catalog = new CatalogInMemory();

    @Test
    void add_again_isRefusedAndChangesNothing() {
        await(catalog.addProduct(tea(100, 5)));

        assertRefused(catalog.addProduct(tea(200, 6)), Catalog.DUPLICATE_PRODUCT);

        assertThat(await(catalog.findProduct("tea"))).isEqualTo(tea(100, 5));
    }

    @ParameterizedTest
    @CsvSource({"'', 1, 1", "tea, -1, 1", "tea, 1, -1"})
    void add_badProduct_isRefused(String sku, int price, int left) {
        assertRefused(catalog.addProduct(tea(price, left).setSku(sku)), Catalog.BAD_INPUT);
    }

    @Test
    void products_areCopiedInAndOut() {
        Product mine = tea(100, 5);
        await(catalog.addProduct(mine));
        mine.setLeft(1_000);
        Product found = await(catalog.findProduct("tea"));
        assertThat(found).isEqualTo(tea(100, 5));
        found.setLeft(2_000);
        await(catalog.listProducts("")).get(0).setLeft(3_000);

        assertThat(await(catalog.findProduct("tea"))).isEqualTo(tea(100, 5));
    }

    @Test
    void take_toTheLastPiece_works() {
        await(catalog.addProduct(tea(100, 5)));

        assertThat(await(catalog.takeFromStock("tea", 3))).isEqualTo(2);
        assertRefused(catalog.takeFromStock("tea", 3), Catalog.OUT_OF_STOCK);
        assertThat(await(catalog.takeFromStock("tea", 2))).isZero();
    }

    @Test
    void take_tooMany_tellsWhatIsLeft() {
        await(catalog.addProduct(tea(100, 5)));

        assertThat(failure(catalog.takeFromStock("tea", 6)))
                .asInstanceOf(type(ServiceException.class))
                .returns(new JsonObject().put("left", 5), ServiceException::getDebugInfo);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void take_noPiece_isRefused(int pieces) {
        await(catalog.addProduct(tea(100, 5)));

        assertRefused(catalog.takeFromStock("tea", pieces), Catalog.BAD_INPUT);
    }

    @Test
    void take_unknownProduct_isRefused() {
        assertRefused(catalog.takeFromStock("tea", 1), Catalog.UNKNOWN_PRODUCT);
    }

    @Test
    void view_unknownProduct_isIgnored() {
        catalog.countView("tea");

        assertThat(await(catalog.findProduct("tea"))).isNull();
    }

    private static void assertRefused(Future<?> call, int code) {
        assertThat(failure(call)).asInstanceOf(type(ServiceException.class)).returns(code, ReplyException::failureCode);
    }

    private static Product tea(int priceInCents, int left) {
        return new Product().setSku("tea").setPriceInCents(priceInCents).setLeft(left);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.catalog;

import static dev.latchkey.examples.Futures.await;
import static dev.latchkey.examples.Futures.failure;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.DeniedException;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.examples.Realm;
import dev.latchkey.examples.TappedNodes;
import dev.latchkey.examples.wire.Needle;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.serviceproxy.ServiceBinder;
import io.vertx.serviceproxy.ServiceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Generated proxies on one node, their service on another, and all that goes between the two searched for plaintext. */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
class CatalogProxyTest {
    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            operations:
              use_catalog: {addresses: [catalog.products, catalog.branch.*]}
              greet: {addresses: [greeting.hello]}
            services:
              catalog: {provides: [use_catalog]}
              shopper: {invokes: [use_catalog]}
              greeter: {provides: [greet]}
              visitor: {invokes: [greet]}
            """;

    private static final String SKU = "sku-jungpana-0417";
    private static final String UNKNOWN_SKU = "sku-of-nothing-0000";
    private static final String NAME = "First flush of Jungpana";
    private static final String CATEGORY = "category-darjeeling";
    private static final int PRICE = 48_211_937;
    private static final int LEFT = 76_543_210;

    /** What a plain service proxy shows: arguments and their names, results, failures, the method, and its header. */
    private static final List<String> PLAINTEXT = List.of(
            SKU,
            UNKNOWN_SKU,
            NAME,
            CATEGORY,
            String.valueOf(PRICE),
            String.valueOf(LEFT),
            "priceInCents",
            "pieces",
            "action",
            "addProduct",
            "findProduct",
            "listProducts",
            "takeFromStock",
            "countView",
            "too few pieces",
            "ServiceException");

    @TempDir
    private static Path home;

    private static TappedNodes nodes;
    private static Realm realm;

    private SecureEventBus shopper;
    private SecureEventBus provider;

    @BeforeAll
    static void startNodes() throws IOException {
        nodes = new TappedNodes(needles());
        realm = Realm.create(home, POLICY);
        realm.deployOrchestrator(nodes.first());
        await(nodes.second().deployVerticle(new CatalogService(), new DeploymentOptions().setConfig(catalogConfig())));
    }

    private static List<Needle> needles() {
        return PLAINTEXT.stream()
                .flatMap(text -> Needle.withBase64(text, text.getBytes(UTF_8)).stream())
                .toList();
    }

    private static JsonObject catalogConfig() {
        JsonObject assam = product("assam", "black tea", 450, 12).toJson();
        return new JsonObject().put("latchkey", realm.latchkey("catalog")).put("products", JsonArray.of(assam));
    }

    @AfterAll
    static void stopNodes() {
        nodes.close();
    }

    @BeforeEach
    void join() {
        shopper = realm.join(nodes.first(), "shopper");
        provider = realm.join(nodes.second(), "catalog");
    }

    @AfterEach
    void leave() {
        await(Future.join(shopper.leave(), provider.leave()));
    }

    @Test
    void dataObject_andNothing_roundTrip() {
        Catalog catalog = catalog();
        Product rooibos = product("rooibos", "herbs", 320, 7);

        assertThat(await(catalog.addProduct(rooibos))).isNull();

        assertThat(await(catalog.findProduct("rooibos"))).isEqualTo(rooibos);
        assertThat(await(catalog.findProduct("no such thing"))).isNull();
    }

    @Test
    void list_ofDataObjects_keepsItsOrder() {
        Catalog catalog = catalog();
        Product dear = product("gyokuro", "green tea", 3100, 2);
        Product cheap = product("sencha", "green tea", 900, 40);
        await(Future.all(catalog.addProduct(dear), catalog.addProduct(cheap)));

        assertThat(await(catalog.listProducts("green tea"))).containsExactly(cheap, dear);
        assertThat(await(catalog.listProducts("coffee"))).isEmpty();
    }

    @Test
    void serviceException_arrivesWithCodeMessageAndDebugInfo() {
        Catalog catalog = catalog();
        await(catalog.addProduct(product("oolong", "oolong", 1200, 3)));

        ServiceException refused = serviceException(catalog.takeFromStock("oolong", 4));

        assertThat(refused.failureCode()).isEqualTo(Catalog.OUT_OF_STOCK);
        assertThat(refused.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(refused).hasMessage("too few pieces of oolong are left");
        assertThat(refused.getDebugInfo()).isEqualTo(new JsonObject().put("left", 3));
        assertThat(await(catalog.takeFromStock("oolong", 3))).isZero();
    }

    /** Of what the service did not mean to tell, the binder decides how much the caller learns. */
    @Test
    void otherException_arrivesAsServiceException() {
        Catalog broken = new BrokenCatalog();
        publish(provider, "catalog.branch.terse", broken);
        ServiceBinder talkative = new ServiceBinder(provider.asVertx()).setIncludeDebugInfo(true);
        await(talkative
                .setAddress("catalog.branch.talkative")
                .register(Catalog.class, broken)
                .completion());

        ServiceException terse =
                serviceException(proxy(shopper, "catalog.branch.terse").findProduct("any"));
        ServiceException told =
                serviceException(proxy(shopper, "catalog.branch.talkative").findProduct("any"));

        assertThat(terse).hasMessage("the shelf has collapsed");
        assertThat(terse.failureCode()).isEqualTo(-1);
        assertThat(terse.getDebugInfo()).isEmpty();
        assertThat(told.getDebugInfo().getString("causeName")).isEqualTo(IllegalStateException.class.getName());
    }

    @Test
    void oneWayCall_isHandled() {
        Catalog catalog = catalog();
        await(catalog.addProduct(product("chai", "spices", 700, 9)));

        catalog.countView("chai");

        Awaitility.await()
                .untilAsserted(() -> assertThat(views(catalog, "chai")).isOne());
    }

    @Test
    void shopper_verticleOnTheOtherNode_takesOneFromTheStock() {
        JsonObject config =
                new JsonObject().put("latchkey", realm.latchkey("shopper")).put("sku", "assam");

        await(nodes.first().deployVerticle(new Shopper(), new DeploymentOptions().setConfig(config)));

        Product assam = await(catalog().findProduct("assam"));
        assertThat(assam).isNotNull();
        assertThat(assam.getLeft()).isEqualTo(11);
    }

    @Test
    void proxy_answersOnTheCallersContext() {
        Context caller = nodes.first().getOrCreateContext();
        Promise<Context> answeredOn = Promise.promise();

        caller.runOnContext(
                now -> catalog().findProduct("assam").onComplete(done -> answeredOn.complete(Vertx.currentContext())));

        assertThat(await(answeredOn.future())).isSameAs(caller);
    }

    /** Options of the application's, with which a proxy sends its calls, keep working beside the header that it adds. */
    @Test
    void proxy_withOptionsOfItsOwn_works() {
        DeliveryOptions options = new DeliveryOptions().setSendTimeout(5_000).addHeader("shop", "harbour");
        Catalog catalog = new CatalogVertxEBProxy(shopper.asVertx(), Catalog.ADDRESS, options);

        assertThat(await(catalog.findProduct("assam"))).isNotNull();
    }

    @Test
    void wire_showsNothingOfTheCalls_butAllOfThemOnAPlainAddress() {
        long before = nodes.wire().totalBytes();
        callEverything(catalog());
        assertThat(nodes.wire().totalBytes()).isGreaterThan(before);
        assertThat(nodes.wire().firstFrameContaining(Catalog.ADDRESS.getBytes(US_ASCII)))
                .isPresent();
        assertThat(nodes.wire().sightings()).isEmpty();

        publish(provider, "no.operation.covers.this", new CatalogInMemory());
        callEverything(proxy(shopper, "no.operation.covers.this"));
        assertThat(nodes.wire().sightings().keySet()).containsExactlyInAnyOrderElementsOf(PLAINTEXT);
    }

    private static void callEverything(Catalog catalog) {
        await(catalog.addProduct(product(SKU, CATEGORY, PRICE, LEFT).setName(NAME)));
        catalog.countView(SKU);
        Awaitility.await().untilAsserted(() -> assertThat(views(catalog, SKU)).isOne());
        assertThat(await(catalog.findProduct(UNKNOWN_SKU))).isNull();
        assertThat(await(catalog.listProducts(CATEGORY))).hasSize(1);
        assertThat(serviceException(catalog.takeFromStock(SKU, LEFT + 1)).getDebugInfo())
                .isEqualTo(new JsonObject().put("left", LEFT));
    }

    @Test
    void caller_notInvited_isRefusedThroughTheProxy() {
        SecureEventBus visitor = realm.join(nodes.first(), "visitor");
        Catalog catalog = proxy(visitor, Catalog.ADDRESS);

        assertThat(failure(catalog.findProduct("assam")))
                .asInstanceOf(type(DeniedException.class))
                .returns(DenialReason.NOT_INVITED, DeniedException::reason);
        // A method that returns nothing has no future to fail, so the refusal is thrown.
        assertThatExceptionOfType(DeniedException.class)
                .isThrownBy(() -> catalog.countView("assam"))
                .returns(DenialReason.NOT_INVITED, DeniedException::reason);
        assertThat(views(catalog(), "assam")).isZero();
        await(visitor.leave());
    }

    @Test
    void service_notAllowedToProvide_isNotRegistered() {
        MessageConsumer<JsonObject> published = new ServiceBinder(shopper.asVertx())
                .setAddress("catalog.branch.false")
                .register(Catalog.class, new CatalogInMemory());

        assertThat(failure(published.completion()))
                .asInstanceOf(type(DeniedException.class))
                .returns(DenialReason.NOT_A_PROVIDER, DeniedException::reason);
        assertThat(published.isRegistered()).isFalse();
    }

    @Test
    void unregister_byTheBinder_endsTheService() {
        String address = "catalog.branch.closing";
        MessageConsumer<JsonObject> published = publish(provider, address, new CatalogInMemory());
        Catalog catalog = proxy(shopper, address);
        assertThat(await(catalog.listProducts("tea"))).isEmpty();

        new ServiceBinder(provider.asVertx()).unregister(published);

        awaitNoHandlers(() -> catalog.listProducts("tea"));
        assertThat(published.isRegistered()).isFalse();
    }

    @Test
    void leave_withoutUnregistering_endsTheServiceToo() {
        String address = "catalog.branch.leaving";
        publish(provider, address, new CatalogInMemory());
        Catalog catalog = proxy(shopper, address);
        assertThat(await(catalog.listProducts("tea"))).isEmpty();

        await(provider.leave());

        awaitNoHandlers(() -> catalog.listProducts("tea"));
    }

    private static void awaitNoHandlers(Supplier<Future<?>> call) {
        Awaitility.await().untilAsserted(() -> assertThat(failure(call.get()))
                .asInstanceOf(type(ReplyException.class))
                .returns(ReplyFailure.NO_HANDLERS, ReplyException::failureType));
    }

    private static MessageConsumer<JsonObject> publish(SecureEventBus bus, String address, Catalog service) {
        MessageConsumer<JsonObject> published =
                new ServiceBinder(bus.asVertx()).setAddress(address).register(Catalog.class, service);
        await(published.completion());
        return published;
    }

    private Catalog catalog() {
        return proxy(shopper, Catalog.ADDRESS);
    }

    private static Catalog proxy(SecureEventBus bus, String address) {
        return new CatalogVertxEBProxy(bus.asVertx(), address);
    }

    private static Product product(String sku, String category, int priceInCents, int left) {
        return new Product()
                .setSku(sku)
                .setName(sku)
                .setCategory(category)
                .setPriceInCents(priceInCents)
                .setLeft(left);
    }

    private static int views(Catalog catalog, String sku) {
        return await(catalog.findProduct(sku).map(product -> product == null ? -1 : product.getViews()));
    }

    private static ServiceException serviceException(Future<?> call) {
        Throwable failure = failure(call);
        assertThat(failure).isInstanceOf(ServiceException.class);
        return (ServiceException) failure;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.examples.Futures;
import dev.latchkey.examples.Realm;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HTTP server, behind a real DNS server, answers on a secured address: to those that may ask, and to nobody else. */
class HttpSidecarTest {
    private static final String NAME = "_http._tcp.weather.shop.svc";
    private static final String POD = "weather-0.weather.shop.svc";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private static final String POLICY = """
            version: 1
            trustDomain: test.latchkey
            operations:
              forecast: {addresses: [weather.forecast]}
            services:
              traveller: {invokes: [forecast]}
              weather: {provides: [forecast]}
            """;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();

    @SuppressWarnings("NullAway.Init")
    private DnsServer dns;

    @SuppressWarnings("NullAway.Init")
    private SecureEventBus caller;

    @BeforeEach
    void start() throws Exception {
        assumeTrue(DnsServer.isInstalled(), "dnsmasq is not installed (Debian: apt-get install dnsmasq-base)");
        dns = DnsServer.start(folder);
        Realm realm = Realm.create(folder, POLICY);
        realm.deployOrchestrator(vertx);
        JsonObject sidecar = new JsonObject()
                .put("address", "weather.forecast")
                .put("name", NAME + "." + DnsServer.ZONE)
                .put("path", "/v1/forecast")
                .put("nameServer", dns.address());
        JsonObject config =
                new JsonObject().put("latchkey", realm.latchkey("weather")).put("sidecar", sidecar);
        Futures.await(vertx.deployVerticle(new HttpSidecar(), new DeploymentOptions().setConfig(config)));
        caller = realm.join(vertx, "traveller");
    }

    @AfterEach
    void stop() throws Exception {
        Futures.await(vertx.close());
        if (dns != null) {
            dns.close();
        }
    }

    /** An endpoint that knows nothing of Latchkey. */
    private HttpServer endpoint(int status, String sky) {
        return Futures.await(vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    asked.incrementAndGet();
                    request.response()
                            .setStatusCode(status)
                            .end(new JsonObject()
                                    .put("sky", sky)
                                    .put("path", request.path())
                                    .put("place", body.toJsonObject().getString("place"))
                                    .toBuffer());
                }))
                .listen(0, "127.0.0.1"));
    }

    private void locate(HttpServer endpoint) throws Exception {
        dns.serve(DnsServer.srv(NAME, POD, endpoint.actualPort(), 0, 0), DnsServer.a(POD, "127.0.0.1"));
    }

    private Future<Message<JsonObject>> ask() {
        return caller.request("weather.forecast", new JsonObject().put("place", "Oslo"));
    }

    @Test
    void request_isAnsweredByTheEndpoint() throws Exception {
        locate(endpoint(200, "blue"));
        assertThat(Futures.await(ask()).body())
                .isEqualTo(new JsonObject()
                        .put("sky", "blue")
                        .put("path", "/v1/forecast")
                        .put("place", "Oslo"));
    }

    @Test
    void request_afterTheEndpointMoved_isAnsweredThere() throws Exception {
        HttpServer before = endpoint(200, "blue");
        locate(before);
        Futures.await(ask());
        Futures.await(before.close());
        locate(endpoint(200, "grey"));
        assertThat(Futures.await(ask()).body().getString("sky")).isEqualTo("grey");
    }

    @Test
    void request_whileDnsIsGone_goesOn() throws Exception {
        locate(endpoint(200, "blue"));
        Futures.await(ask());
        dns.stop();
        assertThat(Futures.await(ask()).body().getString("sky")).isEqualTo("blue");
    }

    @Test
    void request_toAnEndpointThatFails_failsWithItsStatus_andIsAskedOnce() throws Exception {
        locate(endpoint(500, "none"));
        assertThat(Futures.failure(ask()))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(500));
        assertThat(asked).hasValue(1);
    }

    @Test
    void request_withoutAnEndpoint_failsAtOnce() {
        assertThat(Futures.failure(ask()))
                .isInstanceOfSatisfying(ReplyException.class, failure -> assertThat(failure.failureCode())
                        .isEqualTo(HttpSidecar.NOT_REACHED));
    }

    /** Whoever is on the bus and no service of policy: the endpoint never hears of him. */
    @Test
    void plaintext_isRefusedBeforeTheEndpointIsAsked() throws Exception {
        locate(endpoint(200, "blue"));
        assertThat(Futures.failure(vertx.eventBus().request("weather.forecast", new JsonObject())))
                .isInstanceOf(Exception.class);
        assertThat(asked).hasValue(0);
    }
}

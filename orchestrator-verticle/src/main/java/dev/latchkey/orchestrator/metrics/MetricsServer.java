// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.metrics;

import dev.latchkey.eventbus.LatchkeyMetrics;
import dev.latchkey.eventbus.Metrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Serves {@code GET /metrics} in Prometheus' text format, and nothing else, for as long as its Vertx lives. */
public final class MetricsServer {
    private static final String PATH = "/metrics";
    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String SCHEME = "Bearer ";

    /** What is told is a page; a request of more than this is none for it. */
    private static final int MAX_HEADERS = 8_192;

    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final Supplier<Optional<Metrics>> metrics;
    private final @Nullable String token;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable Metrics bound;

    private MetricsServer(Vertx vertx, @Nullable String token, Supplier<Optional<Metrics>> metrics) {
        this.vertx = vertx;
        this.token = token;
        this.metrics = metrics;
    }

    /**
     * Starts it.
     *
     * @param metrics what to serve; looked for again at each request until it is there
     * @return the port that it listens on; fails when it cannot, naming setting and fix
     */
    public static Future<Integer> start(Vertx vertx, MetricsOptions options, Supplier<Optional<Metrics>> metrics) {
        String token;
        try {
            token = options.token();
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(e);
        }
        MetricsServer server = new MetricsServer(vertx, token, metrics);
        return vertx.createHttpServer(
                        new HttpServerOptions().setMaxHeaderSize(MAX_HEADERS).setIdleTimeout(IDLE_SECONDS))
                .requestHandler(server::answer)
                .listen(options.port(), options.host())
                .map(HttpServer::actualPort)
                .recover(failure -> Future.failedFuture(cannotListen(options, failure)));
    }

    private static IllegalArgumentException cannotListen(MetricsOptions options, Throwable failure) {
        return new IllegalArgumentException(
                "metrics.host and metrics.port: nothing can listen at " + options.host() + ":" + options.port() + " ("
                        + failure.getMessage() + "); choose a port that is free, and an address of this machine",
                failure);
    }

    private void answer(HttpServerRequest request) {
        if (!PATH.equals(request.path())) {
            request.response().setStatusCode(404).end();
        } else if (!HttpMethod.GET.equals(request.method())) {
            request.response().setStatusCode(405).putHeader("Allow", "GET").end();
        } else if (!isAllowed(request.getHeader(HttpHeaders.AUTHORIZATION))) {
            request.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer")
                    .end();
        } else {
            tell(request);
        }
    }

    private boolean isAllowed(@Nullable String shown) {
        if (token == null) {
            return true;
        }
        byte[] expected = (SCHEME + token).getBytes(StandardCharsets.UTF_8);
        return shown != null && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8));
    }

    private void tell(HttpServerRequest request) {
        vertx.executeBlocking(this::page)
                .onSuccess(page -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, CONTENT_TYPE)
                        .end(page))
                .onFailure(failure -> request.response().setStatusCode(500).end());
    }

    /** A registry refers weakly to what it reads, so it is held here. */
    private synchronized String page() {
        if (bound == null) {
            bound = metrics.get().orElse(null);
            Optional.ofNullable(bound).ifPresent(found -> new LatchkeyMetrics(found).bindTo(registry));
        }
        return registry.scrape();
    }
}

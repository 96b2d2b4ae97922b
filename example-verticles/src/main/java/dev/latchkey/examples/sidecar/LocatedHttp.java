// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.sidecar;

import dev.latchkey.eventbus.DnsLocator;
import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Posts to an endpoint that DNS locates. Where no connection comes about, the next place is tried, and DNS is asked anew once; a request that
 * has left is never sent again, as the endpoint may be at work on it.
 */
final class LocatedHttp {
    private static final int CONNECT_MILLIS = 1_000;
    private static final int OK = 200;

    private final HttpClient client;
    private final DnsLocator locator;
    private final String path;
    private final long timeoutMillis;

    LocatedHttp(Vertx vertx, DnsLocator locator, String path, long timeoutMillis) {
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(CONNECT_MILLIS));
        this.locator = locator;
        this.path = path;
        this.timeoutMillis = timeoutMillis;
    }

    /** The body of an answer with status 200. */
    Future<Buffer> post(Buffer body) {
        return connect()
                .recover(failure -> {
                    locator.failed();
                    return connect();
                })
                .compose(request -> answer(request, body)
                        .timeout(timeoutMillis, TimeUnit.MILLISECONDS)
                        .onFailure(failure -> request.reset()));
    }

    private Future<HttpClientRequest> connect() {
        return locator.endpoints().compose(endpoints -> next(endpoints, 0));
    }

    private Future<HttpClientRequest> next(List<Endpoint> endpoints, int index) {
        return index == endpoints.size()
                ? Future.failedFuture("the endpoint cannot be reached anywhere that DNS names: " + endpoints)
                : connect(endpoints.get(index)).recover(failure -> next(endpoints, index + 1));
    }

    private Future<HttpClientRequest> connect(Endpoint endpoint) {
        return client.request(new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setServer(SocketAddress.inetSocketAddress(endpoint.port(), endpoint.address()))
                .setURI(path)
                .putHeader("Content-Type", "application/json"));
    }

    private static Future<Buffer> answer(HttpClientRequest request, Buffer body) {
        return request.send(body)
                .compose(response -> response.statusCode() == OK
                        ? response.body()
                        : response.end().transform(read -> refused(response)));
    }

    private static Future<Buffer> refused(HttpClientResponse response) {
        return Future.failedFuture(new HttpStatusException(response.statusCode()));
    }
}

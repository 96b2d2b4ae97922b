// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bootstrap;

import dev.latchkey.eventbus.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Gets a document over HTTPS: bounded in time and bytes, without redirects.
 *
 * <p>Any certificate will do. TLS keeps what is asked from onlookers; whether the answer is true shows by its signature, and a certificate of the
 * name that DNS gave would say no more than DNS.
 */
final class DocumentHttp {
    static final String PATH = "/latchkey/v1/bootstrap";
    private static final int MAX_BYTES = 64 * 1024;
    private static final long PATIENCE_MILLIS = 3_000;
    private static final int OK = 200;

    private final HttpClient client;

    DocumentHttp(Vertx vertx) {
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setConnectTimeout((int) PATIENCE_MILLIS)
                .setMaxHeaderSize(8 * 1024)
                .setKeepAlive(false));
    }

    /** The document of an orchestrator; three seconds to connect, and three to answer. */
    Future<String> get(Endpoint place) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(place.host())
                .setPort(place.port())
                .setURI(PATH)
                .setServer(SocketAddress.inetSocketAddress(place.port(), place.address()))
                .setFollowRedirects(false)
                .setTimeout(PATIENCE_MILLIS);
        return client.request(options)
                .compose(request -> answer(request)
                        .timeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                        .onFailure(failure -> request.reset()))
                .map(body -> body.toString().trim());
    }

    private static Future<Buffer> answer(HttpClientRequest request) {
        return request.send().compose(response -> response.statusCode() == OK ? body(response) : refused(response));
    }

    private static Future<Buffer> refused(HttpClientResponse response) {
        // It is reset next, which is no news.
        response.exceptionHandler(reset -> {});
        return Future.failedFuture(new IOException("answered with status " + response.statusCode()));
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        Buffer body = Buffer.buffer();
        Promise<Buffer> whole = Promise.promise();
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(body));
        response.handler(chunk -> {
            if (body.length() + chunk.length() > MAX_BYTES) {
                whole.tryFail(new IOException("the answer is longer than " + MAX_BYTES + " bytes"));
            } else {
                body.appendBuffer(chunk);
            }
        });
        return whole.future();
    }
}

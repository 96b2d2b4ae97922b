// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

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
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gets small documents from an issuer: bounded in time and bytes, and never from where it is not asked for. */
final class IssuerHttp {
    private static final int MAX_BYTES = 256 * 1024;
    private static final int OK = 200;

    /** For all of one document. An instance asks again after two seconds, and then finds what came meanwhile. */
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Vertx vertx;
    private final HttpClient client;
    private final @Nullable Path tokenFile;

    /**
     * A client.
     *
     * @param caFile PEM certificates that may sign the server's; null for those that the JDK trusts
     * @param tokenFile a token to show to the server; null for none
     */
    IssuerHttp(Vertx vertx, @Nullable Path caFile, @Nullable Path tokenFile) {
        HttpClientOptions options = new HttpClientOptions()
                .setConnectTimeout((int) PATIENCE.toMillis())
                .setMaxHeaderSize(8 * 1024)
                .setKeepAlive(false);
        if (caFile != null) {
            options.setTrustOptions(new PemTrustOptions().addCertPath(caFile.toString()));
        }
        this.vertx = vertx;
        this.client = vertx.createHttpClient(options);
        this.tokenFile = tokenFile;
    }

    /**
     * Gets a document. Redirects are not followed.
     *
     * @param trusted whether the address is one that was set, so that the token may be shown there
     * @return the bytes; fails within {@link #PATIENCE}
     */
    Future<byte[]> get(URI address, boolean trusted) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(address.toString())
                .setFollowRedirects(false)
                .setTimeout(PATIENCE.toMillis())
                .putHeader("Accept", "application/json");
        return authorized(options, trusted)
                .compose(client::request)
                .compose(request -> answer(request)
                        .timeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                        .onFailure(failure -> request.reset()))
                .map(Buffer::getBytes);
    }

    /** Read each time, since Kubernetes renews it. */
    private Future<RequestOptions> authorized(RequestOptions options, boolean trusted) {
        return tokenFile == null || !trusted
                ? Future.succeededFuture(options)
                : vertx.fileSystem()
                        .readFile(tokenFile.toString())
                        .map(token -> options.putHeader(
                                "Authorization", "Bearer " + token.toString().trim()));
    }

    private static Future<Buffer> answer(HttpClientRequest request) {
        return request.send().compose(response -> response.statusCode() == OK ? body(response) : refused(response));
    }

    private static Future<Buffer> refused(HttpClientResponse response) {
        // It is reset next, which is no news.
        response.exceptionHandler(reset -> {});
        return Future.failedFuture(new IOException("the server answered with status " + response.statusCode()));
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

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.sidecar;

import dev.latchkey.eventbus.DnsLocator;
import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/**
 * Provides an operation for a service that speaks HTTP and knows nothing of Latchkey: answers on a secured address, and asks an endpoint that
 * DNS locates, such as one behind a headless service of Kubernetes.
 *
 * <p>Its configuration has a section {@code sidecar}: {@code address} (secured), {@code name} (in DNS; SRV, or addresses with {@code port}), {@code
 * path}, {@code nameServer} (address:port; the first of the machine unless set) and {@code timeout} (milliseconds; 3000 unless set). The request's body goes out as
 * JSON, and an answer of status 200 comes back as the reply's. Run it where only it reaches the endpoint: what goes over HTTP is not sealed.
 */
public final class HttpSidecar extends SecureVerticle {
    /** The endpoint could not be asked, or did not answer in time. */
    public static final int NOT_REACHED = 503;

    private static final int DEFAULT_PORT = 80;
    private static final long DEFAULT_TIMEOUT = 3_000;

    @Override
    protected Future<?> start(SecureEventBus bus) {
        JsonObject settings = config().getJsonObject("sidecar", new JsonObject());
        DnsLocator locator = DnsLocator.of(
                vertx,
                require(settings, "name"),
                settings.getInteger("port", DEFAULT_PORT),
                settings.getString("nameServer"));
        LocatedHttp http = new LocatedHttp(
                vertx, locator, require(settings, "path"), settings.getLong("timeout", DEFAULT_TIMEOUT));
        return bus.<JsonObject>consumer(require(settings, "address"), request -> ask(http, request))
                .completion();
    }

    private static String require(JsonObject settings, String name) {
        String value = settings.getString(name);
        if (value == null) {
            throw new IllegalArgumentException("sidecar." + name + ": is missing; set it");
        }
        return value;
    }

    private static void ask(LocatedHttp http, Message<JsonObject> request) {
        JsonObject body = request.body();
        http.post(body == null ? Buffer.buffer("{}") : body.toBuffer())
                .map(Buffer::toJsonObject)
                .onSuccess(request::reply)
                .onFailure(failure -> request.fail(
                        failure instanceof HttpStatusException status ? status.status() : NOT_REACHED,
                        String.valueOf(failure.getMessage())));
    }
}

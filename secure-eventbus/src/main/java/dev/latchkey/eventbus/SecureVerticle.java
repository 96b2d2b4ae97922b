// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A verticle that is on the secured bus while it runs: it joins before {@link #start(SecureEventBus)} and leaves after
 * {@link #stop()}.
 *
 * <pre>{@code
 * public class Greeter extends SecureVerticle {
 *   @Override
 *   protected Future<?> start(SecureEventBus bus) {
 *     return bus.<String>consumer("greeting.hello", m -> m.reply("Hello " + m.body())).completion();
 *   }
 * }
 * }</pre>
 *
 * <p>By default the options come from the {@code latchkey} object of the verticle's configuration.
 */
public abstract class SecureVerticle extends VerticleBase {
    private @Nullable SecureEventBus bus;

    /** How to join. Override it to build the options in code. */
    protected SecureEventBusOptions options() {
        return new SecureEventBusOptions(config().getJsonObject("latchkey", new JsonObject()));
    }

    /** Starts the service, on the verticle's context, with the bus that it joined. */
    protected abstract Future<?> start(SecureEventBus bus) throws Exception;

    /** Joins, then starts the service. When the service does not start, the bus is left again. */
    @Override
    public final Future<?> start() {
        // Leaving is tied to the deployment by join itself, so that it happens after stop() and on failure too.
        return SecureEventBus.join(vertx, options()).compose(this::startOn);
    }

    private Future<?> startOn(SecureEventBus joined) {
        bus = joined;
        try {
            return start(joined);
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * The bus.
     *
     * @throws IllegalStateException before the verticle joined
     */
    protected final SecureEventBus bus() {
        SecureEventBus joined = bus;
        if (joined == null) {
            throw new IllegalStateException("the verticle has not joined yet");
        }
        return joined;
    }
}

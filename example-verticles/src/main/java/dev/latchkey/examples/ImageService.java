// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Provides {@code open_batch}: for each batch it deploys a fresh {@link ImageWorker}, which joins, works, and leaves when the
 * batch is closed.
 */
public final class ImageService extends CountingService {
    private static final int MAX_BATCHES = 64;

    private final Map<String, String> workers = new HashMap<>();

    /** A service that counts nothing for anybody. */
    public ImageService() {
        this(new Traffic());
    }

    /** A service that counts its messages. */
    public ImageService(Traffic traffic) {
        super(traffic);
    }

    @Override
    protected Future<?> start(SecureEventBus bus) {
        return bus.<JsonObject>consumer(Addresses.BATCH, this::batch).completion();
    }

    /** Publishes facts to whoever calculates risks. Call it on the verticle's context. */
    public void announce(JsonObject facts) {
        bus().publish(Addresses.RISK, facts);
    }

    private void batch(Message<JsonObject> message) {
        traffic().handled();
        String action = message.body().getString("action", "");
        switch (action) {
            case "open" -> open(message);
            case "close" -> close(message, message.body().getString("address", ""));
            default -> message.fail(Refused.BAD_REQUEST, "action must be open or close");
        }
    }

    private void open(Message<JsonObject> message) {
        if (workers.size() >= MAX_BATCHES) {
            message.fail(Refused.BAD_REQUEST, "too many batches are open; close one");
            return;
        }
        String address = Addresses.PROCESS_PREFIX + UUID.randomUUID();
        DeploymentOptions options = new DeploymentOptions().setConfig(config());
        vertx.deployVerticle(new ImageWorker(address, traffic()), options)
                .onSuccess(deployment -> {
                    workers.put(address, deployment);
                    message.reply(new JsonObject().put("address", address));
                })
                .onFailure(failure -> message.fail(500, failure.getMessage()));
    }

    private void close(Message<JsonObject> message, String address) {
        String deployment = workers.remove(address);
        if (deployment == null) {
            message.fail(Refused.BAD_REQUEST, "no such batch");
            return;
        }
        vertx.undeploy(deployment).onComplete(done -> message.reply(new JsonObject()));
    }
}

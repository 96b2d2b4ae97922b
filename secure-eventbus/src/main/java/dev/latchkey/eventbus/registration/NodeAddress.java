// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The node of a cluster that an instance runs on, as the node itself knows it: what the cluster's own maps should say of it.
 *
 * @param id the cluster manager's name of the node
 * @param host where its event bus is reached
 * @param port where its event bus is reached
 */
public record NodeAddress(String id, String host, int port) {
    private static final int MAX_ID = 128;
    private static final int MAX_HOST = 255;
    private static final int MAX_PORT = 65_535;

    /** Refuses what no node is called. */
    public NodeAddress {
        if (id.isEmpty() || id.length() > MAX_ID || host.length() > MAX_HOST || port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("that is no node of a cluster");
        }
    }

    /** The node as JSON, which {@link #fromJson} reads. */
    public JsonObject toJson() {
        return new JsonObject().put("id", id).put("host", host).put("port", port);
    }

    /** Null for null; throws a RuntimeException for anything that is no node. */
    public static @Nullable NodeAddress fromJson(@Nullable JsonObject json) {
        return json == null
                ? null
                : new NodeAddress(
                        Objects.requireNonNull(json.getString("id")),
                        Objects.requireNonNull(json.getString("host")),
                        json.getInteger("port"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * What the driver tells a node's JVM on its command line.
 *
 * @param role what it is
 * @param folder the folder with keys, trust bundle and credentials
 * @param cluster where it listens and whom it joins
 * @param extra what only this role knows
 */
public record NodeSettings(String role, Path folder, ClusterSettings cluster, JsonObject extra) {
    /** In what only the role knows: how large its heap may become, in MiB; a member that may be missing. */
    public static final String HEAP = "heapMegabytes";

    private static final int USUAL_HEAP = 512;

    /** How large the heap may become, in MiB. */
    int heapMegabytes() {
        return extra.getInteger(HEAP, USUAL_HEAP);
    }

    /** As {@link #fromJson} reads it. */
    public JsonObject toJson() {
        return new JsonObject()
                .put("role", role)
                .put("folder", folder.toString())
                .put("cluster", cluster.toJson())
                .put("extra", extra);
    }

    /** What a node's first argument says. */
    public static NodeSettings fromJson(JsonObject json) {
        return new NodeSettings(
                json.getString("role"),
                Path.of(json.getString("folder")),
                ClusterSettings.fromJson(json.getJsonObject("cluster")),
                json.getJsonObject("extra"));
    }

    /** A verticle's configuration for a service. */
    public JsonObject serviceConfig(String service) {
        return new JsonObject()
                .put(
                        "latchkey",
                        new JsonObject()
                                .put("service", service)
                                .put(
                                        "trustBundle",
                                        folder.resolve(NodeFolder.TRUST).toString())
                                .put(
                                        "credential",
                                        folder.resolve(NodeFolder.credential(service))
                                                .toString()));
    }
}

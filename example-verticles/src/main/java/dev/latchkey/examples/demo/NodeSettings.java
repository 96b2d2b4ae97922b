// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.demo;

import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;

/**
 * What the driver tells a node's JVM on its command line.
 *
 * @param role what it is
 * @param folder the demo's folder, with keys, trust bundle and credentials
 * @param cluster where it listens and whom it joins
 * @param extra what only this role knows
 */
record NodeSettings(NodeRole role, Path folder, ClusterSettings cluster, JsonObject extra) {

    JsonObject toJson() {
        return new JsonObject()
                .put("role", role.name())
                .put("folder", folder.toString())
                .put("cluster", cluster.toJson())
                .put("extra", extra);
    }

    static NodeSettings fromJson(JsonObject json) {
        return new NodeSettings(
                NodeRole.valueOf(json.getString("role")),
                Path.of(json.getString("folder")),
                ClusterSettings.fromJson(json.getJsonObject("cluster")),
                json.getJsonObject("extra"));
    }

    /** A verticle's configuration for a service of the demo. */
    JsonObject serviceConfig(String service) {
        return new JsonObject()
                .put(
                        "latchkey",
                        new JsonObject()
                                .put("service", service)
                                .put(
                                        "trustBundle",
                                        folder.resolve(DemoFolder.TRUST).toString())
                                .put(
                                        "credential",
                                        folder.resolve(DemoFolder.credential(service))
                                                .toString()));
    }
}

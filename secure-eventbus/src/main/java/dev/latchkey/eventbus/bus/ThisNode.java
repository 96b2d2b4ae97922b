// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import org.jspecify.annotations.Nullable;

/** What a clustered Vertx knows of itself, without a look at the cluster's maps. */
final class ThisNode {
    private ThisNode() {}

    /** Null when the Vertx is not clustered. */
    static @Nullable NodeAddress of(Vertx vertx) {
        ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
        NodeInfo known = cluster == null ? null : cluster.getNodeInfo();
        return known == null ? null : new NodeAddress(cluster.getNodeId(), known.host(), known.port());
    }
}

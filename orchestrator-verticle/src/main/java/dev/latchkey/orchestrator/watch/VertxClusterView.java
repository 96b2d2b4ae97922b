// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import io.vertx.core.spi.cluster.RegistrationInfo;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The view of a clustered Vertx, through its cluster manager. */
public final class VertxClusterView implements ClusterView {
    private final ClusterManager cluster;

    private VertxClusterView(ClusterManager cluster) {
        this.cluster = cluster;
    }

    /** The view, or none when the Vertx is not clustered. */
    public static Optional<ClusterView> of(Vertx vertx) {
        return Optional.ofNullable(((VertxInternal) vertx).clusterManager()).map(VertxClusterView::new);
    }

    @Override
    public Future<Set<String>> consumers(String address) {
        Promise<List<RegistrationInfo>> found = Promise.promise();
        cluster.getRegistrations(address, found);
        return found.future().map(VertxClusterView::nodes);
    }

    private static Set<String> nodes(@Nullable List<RegistrationInfo> registrations) {
        return registrations == null
                ? Set.of()
                : registrations.stream()
                        .filter(registration -> !registration.localOnly())
                        .map(RegistrationInfo::nodeId)
                        .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Future<Optional<NodeAddress>> node(String id) {
        Promise<NodeInfo> found = Promise.promise();
        cluster.getNodeInfo(id, found);
        // A node that is not there fails.
        return found.future().map(info -> address(id, info)).otherwise(Optional.empty());
    }

    private static Optional<NodeAddress> address(String id, @Nullable NodeInfo info) {
        return info == null ? Optional.empty() : Optional.of(new NodeAddress(id, info.host(), info.port()));
    }
}

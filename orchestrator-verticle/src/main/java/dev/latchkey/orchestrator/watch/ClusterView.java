// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.Set;

/** What the cluster's own maps say. Any member can change them. */
public interface ClusterView {
    /** The names of the nodes that consume at an address. */
    Future<Set<String>> consumers(String address);

    /** A node, or none when the cluster does not know it. */
    Future<Optional<NodeAddress>> node(String id);
}

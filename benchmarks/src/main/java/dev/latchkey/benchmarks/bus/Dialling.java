// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.io.IOException;

/** How the event bus of a node is dialled by others: at its own port, or at that of a relay. */
@FunctionalInterface
interface Dialling {
    /** At its own port. */
    Dialling DIRECT = (role, cluster) -> cluster;

    /** Settings of a node by which others dial it so. */
    ClusterSettings dial(String role, ClusterSettings cluster) throws IOException, NodeException;
}

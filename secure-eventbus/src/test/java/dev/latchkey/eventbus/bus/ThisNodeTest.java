// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.internal.VertxWrapper;
import io.vertx.core.spi.cluster.ClusterManager;
import io.vertx.core.spi.cluster.NodeInfo;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ThisNodeTest {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void close() {
        VERTX.close().await();
    }

    @Test
    void of_vertxThatIsNotClustered_isNull() {
        assertThat(ThisNode.of(VERTX)).isNull();
    }

    @Test
    void of_nodeThatHasNotJoinedYet_isNull() {
        assertThat(ThisNode.of(new Clustered("node-1", null))).isNull();
    }

    @Test
    void of_clusteredVertx_isWhatItKnowsOfItself() {
        assertThat(ThisNode.of(new Clustered("node-1", new NodeInfo("127.0.0.1", 4711, null))))
                .isEqualTo(new NodeAddress("node-1", "127.0.0.1", 4711));
    }

    /** A Vertx of a cluster that knows one node. */
    private static final class Clustered extends VertxWrapper {
        private final ClusterManager cluster;

        Clustered(String id, @Nullable NodeInfo info) {
            super((VertxInternal) VERTX);
            this.cluster = (ClusterManager) Proxy.newProxyInstance(
                    ClusterManager.class.getClassLoader(),
                    new Class<?>[] {ClusterManager.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "getNodeId" -> id;
                        case "getNodeInfo" -> info;
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }

        @Override
        public ClusterManager clusterManager() {
            return cluster;
        }
    }
}

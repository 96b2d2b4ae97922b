// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Nodes for tests: one Vertx for all, or several that Hazelcast clusters over loopback. */
public final class Topology implements AutoCloseable {
    private final List<Vertx> nodes;

    private final String name;
    private final int first;

    private Topology(List<Vertx> nodes, String name, int first) {
        this.nodes = nodes;
        this.name = name;
        this.first = first;
    }

    public static Topology local() {
        return local(Vertx.builder());
    }

    /** One Vertx, as its builder makes it. */
    public static Topology local(VertxBuilder builder) {
        return new Topology(List.of(builder.build()), "", 0);
    }

    public static Topology clustered(int size) {
        return clustered(size, Vertx::builder);
    }

    /** Clustered nodes, each as its own builder makes it. */
    public static Topology clustered(int size, Supplier<VertxBuilder> builder) {
        String name = "test-" + UUID.randomUUID();
        List<Vertx> nodes = new ArrayList<>();
        int first = freePort();
        for (int i = 0; i < size; i++) {
            int port = i == 0 ? first : freePort();
            nodes.add(Realm.await(ClusterNode.start(ClusterSettings.loopback(name, port, first), builder.get())));
        }
        return new Topology(nodes, name, first);
    }

    /** One more node of the cluster, which the caller closes. */
    Vertx addNode() {
        return Realm.await(ClusterNode.start(ClusterSettings.loopback(name, freePort(), first), Vertx.builder()));
    }

    /** The n-th node; on a single Vertx, that one. */
    public Vertx node(int index) {
        return nodes.get(Math.min(index, nodes.size() - 1));
    }

    static int freePort() {
        try {
            return FreePort.on("127.0.0.1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closeAllBut(-1);
    }

    /** Closes all nodes but one that the test has closed. */
    void closeAllBut(int closed) {
        // At once: one after the other, each would first hand its share of the records to those that are left.
        List<Future<Void>> closing = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            if (i != closed) {
                closing.add(nodes.get(i).close());
            }
        }
        Realm.await(Future.join(closing));
    }
}

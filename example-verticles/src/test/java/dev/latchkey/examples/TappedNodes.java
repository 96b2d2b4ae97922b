// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples;

import dev.latchkey.examples.wire.Needle;
import dev.latchkey.examples.wire.WireLog;
import dev.latchkey.examples.wire.WireTap;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** Two nodes of one cluster on loopback, and a tap before the event-bus port of each: every byte between them is searched. */
public final class TappedNodes implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final Vertx outside = Vertx.vertx();
    private final String name = "tapped-" + UUID.randomUUID();
    private final WireLog wire;
    private final int firstPort;
    private final Vertx first;
    private final Vertx second;

    /** Starts both, one after the other. */
    public TappedNodes(List<Needle> needles) throws IOException {
        wire = new WireLog(needles);
        firstPort = FreePort.on(LOOPBACK);
        first = node(firstPort);
        second = node(FreePort.on(LOOPBACK));
    }

    private Vertx node(int port) throws IOException {
        int busPort = FreePort.on(LOOPBACK);
        WireTap tap = Futures.await(WireTap.start(outside, 0, busPort, wire));
        ClusterSettings settings =
                ClusterSettings.loopback(name, port, firstPort).withEventBusPorts(busPort, tap.port());
        return Futures.await(ClusterNode.start(settings));
    }

    /** The node that started the cluster. */
    public Vertx first() {
        return first;
    }

    /** The other one. */
    public Vertx second() {
        return second;
    }

    /** What went between them. */
    public WireLog wire() {
        return wire;
    }

    @Override
    public void close() {
        Futures.await(Future.join(second.close(), first.close()).eventually(outside::close));
    }
}

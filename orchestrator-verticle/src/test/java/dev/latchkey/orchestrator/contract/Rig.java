// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

import dev.latchkey.orchestrator.Realm;
import dev.latchkey.orchestrator.Topology;
import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.eventbus.EventBus;
import java.time.Clock;
import java.util.function.Supplier;

/** One kind of bus, running: a sender's and a receiver's view of it, on two nodes when it is clustered. */
final class Rig implements AutoCloseable {
    /** Every address that begins with {@code contract.} is secured; both sides may do all that there is to do. */
    private static final String POLICY = """
            version: 1
            trustDomain: contract.latchkey
            defaults: {tokenLifetime: 10m, rotationInterval: 10m, leaseDuration: 10m}
            operations:
              contract: {addresses: ['contract.**']}
            services:
              party: {provides: [contract], invokes: [contract]}
            """;

    private final Topology topology;
    private final EventBus sender;
    private final EventBus receiver;

    private Rig(Topology topology, EventBus sender, EventBus receiver) {
        this.topology = topology;
        this.sender = sender;
        this.receiver = receiver;
    }

    /** Starts it; each node is made by a builder of its own. */
    static Rig start(BusKind kind, Supplier<VertxBuilder> builder) {
        Topology topology = kind.clustered ? Topology.clustered(2, builder) : Topology.local(builder.get());
        return kind.secured ? secured(topology) : plain(topology);
    }

    private static Rig plain(Topology topology) {
        return new Rig(topology, topology.node(0).eventBus(), topology.node(1).eventBus());
    }

    private static Rig secured(Topology topology) {
        Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
        realm.deployOrchestrator(topology.node(0));
        return new Rig(topology, realm.join(topology.node(0), "party"), realm.join(topology.node(1), "party"));
    }

    EventBus sender() {
        return sender;
    }

    EventBus receiver() {
        return receiver;
    }

    Vertx senderVertx() {
        return topology.node(0);
    }

    Vertx receiverVertx() {
        return topology.node(1);
    }

    @Override
    public void close() {
        topology.close();
    }
}

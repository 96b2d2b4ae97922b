// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeSettings;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Locale;
import java.util.function.BiFunction;

/** What a JVM of a soak does. */
enum SoakRole {
    /** A member of the cluster that nobody kills, so that others find the cluster through it. */
    ANCHOR((vertx, settings) -> Future.succeededFuture((command, arguments) -> NodeCommands.unknown(command))),
    ORCHESTRATOR(OrchestratorNode::start),
    PROVIDER(ProviderNode::start),
    CALLER(CallerNode::start),
    /** A node whose instances are revoked. */
    VICTIM(VictimNode::start),
    /** A node that notes when it last took a victim's message. */
    WITNESS(WitnessNode::start),
    /** A node that joins very many instances. */
    CROWD(CrowdNode::start);

    private final BiFunction<Vertx, NodeSettings, Future<NodeCommands>> start;

    SoakRole(BiFunction<Vertx, NodeSettings, Future<NodeCommands>> start) {
        this.start = start;
    }

    Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        return start.apply(vertx, settings);
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static SoakRole named(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeCommands;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.NodeSettings;
import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.issue.Tally;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.Map;

/** A node with an orchestrator. */
final class OrchestratorNode implements NodeCommands {
    private final Vertx vertx;
    private final OrchestratorVerticle orchestrator;

    private OrchestratorNode(Vertx vertx, OrchestratorVerticle orchestrator) {
        this.vertx = vertx;
        this.orchestrator = orchestrator;
    }

    static Future<NodeCommands> start(Vertx vertx, NodeSettings settings) {
        OrchestratorVerticle orchestrator =
                new OrchestratorVerticle(OrchestratorOptions.load(NodeFolder.orchestratorOptions(settings.folder())));
        return vertx.deployVerticle(orchestrator).map(deployed -> new OrchestratorNode(vertx, orchestrator));
    }

    @Override
    public Future<JsonObject> handle(String command, JsonObject arguments) {
        return switch (command) {
            case "status" -> Future.succeededFuture(status());
            case "revoke" -> revoke(arguments.getString("instance"));
            case "keys" -> keys();
            // As a signal to stop has the product do: it leaves the cluster in order.
            case "leave" -> vertx.close().map(left -> new JsonObject());
            case "footprint" -> Future.succeededFuture(Footprint.now());
            case "floor" -> Future.succeededFuture(CryptoFloor.measure());
            default -> NodeCommands.unknown(command);
        };
    }

    private JsonObject status() {
        Tally.Snapshot tally = orchestrator.tally();
        return new JsonObject()
                .put("registered", tally.registered())
                .put("renewed", tally.renewed())
                .put("issued", tally.issued())
                .put("rotations", tally.rotations());
    }

    /** Fingerprints of all keys, by operation and epoch. */
    private Future<JsonObject> keys() {
        JsonObject keys = new JsonObject();
        return Future.all(Arrays.stream(Kind.values())
                        .map(kind -> orchestrator
                                .keyFingerprints(kind.operation())
                                .onSuccess(epochs -> keys.put(kind.operation(), epochs(epochs))))
                        .toList())
                .map(keys);
    }

    private static JsonObject epochs(Map<Long, String> fingerprints) {
        JsonObject json = new JsonObject();
        fingerprints.forEach((epoch, fingerprint) -> json.put(epoch.toString(), fingerprint));
        return json;
    }

    /** The clock behind {@code nanoTime} is one for all JVMs of a Linux machine. */
    private Future<JsonObject> revoke(String instance) {
        long commanded = System.nanoTime();
        return orchestrator.revokeInstance(instance).map(done -> new JsonObject().put("commandedNanos", commanded));
    }
}

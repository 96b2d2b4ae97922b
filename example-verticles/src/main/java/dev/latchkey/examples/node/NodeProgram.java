// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.node;

import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.CommonPool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * The program of a node's JVM. The driver talks to it by lines of JSON, on standard input and output; when the input ends, so
 * does the node, so that none outlives its driver.
 */
public final class NodeProgram {
    private NodeProgram() {}

    /** Starts the node that the first argument describes, as JSON; never returns. */
    public static void run(String[] args, Starter starter) throws IOException {
        run(args, settings -> new EventBusOptions(), starter);
    }

    /**
     * Starts a node whose event bus has other options than the defaults; never returns.
     *
     * @param bus the options, of which host and ports are replaced by what the settings say
     */
    public static void run(String[] args, Function<NodeSettings, EventBusOptions> bus, Starter starter)
            throws IOException {
        CommonPool.widen();
        NodeSettings settings = NodeSettings.fromJson(new JsonObject(args[0]));
        NodeLine line = new NodeLine(System.out);
        Future<NodeCommands> commands = ClusterNode.start(settings.cluster(), Vertx.builder(), bus.apply(settings))
                .compose(vertx -> starter.start(vertx, settings, line));
        commands.onSuccess(ready -> line.event("ready", new JsonObject()))
                .onFailure(failure -> line.event("failed", new JsonObject().put("why", failure.getMessage())));
        serve(commands, line);
        Runtime.getRuntime().halt(0);
    }

    private static void serve(Future<NodeCommands> commands, NodeLine line) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String text = in.readLine(); text != null; text = in.readLine()) {
            JsonObject question = new JsonObject(text);
            commands.compose(node -> handle(node, question))
                    .onComplete(answer -> line.answer(question.getInteger("id"), answer));
        }
    }

    private static Future<JsonObject> handle(NodeCommands node, JsonObject question) {
        try {
            return node.handle(question.getString("command"), question.getJsonObject("arguments"));
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }

    /** Starts what a node does, by its role. */
    @FunctionalInterface
    public interface Starter {
        /** Completes with the node's commands when it is ready. */
        Future<NodeCommands> start(Vertx vertx, NodeSettings settings, NodeLine line);
    }
}

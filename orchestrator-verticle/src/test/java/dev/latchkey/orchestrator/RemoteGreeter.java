// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.eventbus.SecureVerticle;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;

/** The main class of a second JVM: joins the cluster, then the bus, and greets until its standard input ends. */
public final class RemoteGreeter {
    private RemoteGreeter() {}

    /** Takes the cluster's settings and the verticle's configuration, both as JSON. */
    public static void main(String[] args) throws IOException {
        ClusterNode.start(ClusterSettings.fromJson(new JsonObject(args[0])))
                .compose(vertx ->
                        vertx.deployVerticle(new Greeter(), new DeploymentOptions().setConfig(new JsonObject(args[1]))))
                .onSuccess(deployed -> System.out.println("ready"))
                .onFailure(failure -> System.out.println("failed: " + failure));
        while (System.in.read() >= 0) {
            // Until the parent closes it, or dies.
        }
        Runtime.getRuntime().halt(0);
    }

    private static final class Greeter extends SecureVerticle {
        @Override
        protected Future<?> start(SecureEventBus bus) {
            return bus.<String>consumer(
                            "greeting.hello",
                            m -> m.reply("Hello " + m.body() + " from "
                                    + ProcessHandle.current().pid()))
                    .completion();
        }
    }
}

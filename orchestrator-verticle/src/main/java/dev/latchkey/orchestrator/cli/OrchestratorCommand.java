// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.bootstrap.BootstrapVerticle;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey orchestrator}: runs an orchestrator on a node of its own until it is told to stop. */
@Command(name = "orchestrator", description = "Run an orchestrator until SIGTERM or Ctrl-C.")
final class OrchestratorCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = Home.FOLDER + "/orchestrator.yaml",
            description = "The settings, as 'latchkey init' writes them. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path config;

    @Override
    public Integer call() throws Exception {
        OrchestratorFile file = OrchestratorFile.load(config);
        OrchestratorOptions options = file.options();
        try {
            serve(file.cluster(), options, bootstrap(file, options));
        } finally {
            // The verticle erases them when it stops; this is for a verticle that never starts.
            options.getKeys().close();
        }
        return 0;
    }

    private static @Nullable BootstrapVerticle bootstrap(OrchestratorFile file, OrchestratorOptions options) {
        BootstrapSettings settings = file.bootstrap();
        return settings == null
                ? null
                : new BootstrapVerticle(
                        settings,
                        options.getKeys(),
                        options.getPolicy(),
                        options.credentialKinds(),
                        file.cluster(),
                        options.getClock());
    }

    private void serve(ClusterSettings cluster, OrchestratorOptions options, @Nullable BootstrapVerticle bootstrap)
            throws Exception {
        try (Node node = Node.start(cluster)) {
            node.deploy(vertx -> vertx.deployVerticle(new OrchestratorVerticle(options)));
            if (bootstrap != null) {
                node.deploy(vertx -> vertx.deployVerticle(bootstrap));
                spec.commandLine()
                        .getOut()
                        .println("bootstrap at port " + bootstrap.port() + ", --pin " + bootstrap.pin());
            }
            spec.commandLine().getOut().println(ready(options, cluster));
            node.untilInterrupted();
        }
    }

    private static String ready(OrchestratorOptions options, ClusterSettings cluster) {
        return "orchestrator of " + options.getPolicy().trustDomain() + " is ready in cluster '" + cluster.clusterName()
                + "' at " + cluster.host() + ":" + cluster.port();
    }
}

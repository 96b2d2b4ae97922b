// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.OrchestratorVerticle;
import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.admin.AdminVerticle;
import dev.latchkey.orchestrator.admin.Control;
import dev.latchkey.orchestrator.admin.RecordedAudit;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.bootstrap.BootstrapVerticle;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code latchkey orchestrator}: runs an orchestrator on a node of its own until it is told to stop. */
@Command(
        name = "orchestrator",
        description = "Run an orchestrator until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "Run two or more, on different hosts, with the same keystore and policy: none leads, and any of them answers."
                    + " 'latchkey doctor' says what would keep it from starting.",
            "",
            "Examples:",
            "  latchkey orchestrator",
            "  latchkey orchestrator --config /etc/latchkey/orchestrator.yaml"
        })
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
            serve(file, options);
        } finally {
            // The verticle erases them when it stops; this is for a verticle that never starts.
            options.getKeys().close();
        }
        return 0;
    }

    private static @Nullable BootstrapVerticle bootstrap(
            OrchestratorFile file, OrchestratorOptions options, Control orchestrator) {
        BootstrapSettings settings = file.bootstrap();
        return settings == null
                ? null
                : new BootstrapVerticle(
                        settings,
                        options.getKeys(),
                        () -> orchestrator.policy().policy(),
                        options.credentialKinds(),
                        file.cluster(),
                        options.getClock(),
                        orchestrator::revocations);
    }

    private void serve(OrchestratorFile file, OrchestratorOptions options) throws Exception {
        ClusterSettings cluster = file.cluster();
        Optional<AdminOptions> admin = file.admin(options);
        OrchestratorVerticle orchestrator = new OrchestratorVerticle(options);
        BootstrapVerticle bootstrap = bootstrap(file, options, orchestrator.control());
        try (Progress starting = Progress.forPeople(spec, "joining the cluster");
                Node node = Node.start(cluster)) {
            node.deploy(vertx -> vertx.deployVerticle(orchestrator));
            node.serve(file.metrics(), vertx -> Optional.of(orchestrator.metrics()));
            if (admin.isPresent()) {
                serveAdmin(node, admin.get(), orchestrator);
            }
            if (bootstrap != null) {
                serveBootstrap(node, bootstrap);
            }
            starting.done();
            spec.commandLine().getOut().println(ready(options, cluster));
            node.untilInterrupted();
        }
    }

    private void serveBootstrap(Node node, BootstrapVerticle bootstrap) throws Exception {
        node.deploy(vertx -> vertx.deployVerticle(bootstrap));
        spec.commandLine().getOut().println("bootstrap at port " + bootstrap.port() + ", --pin " + bootstrap.pin());
    }

    private void serveAdmin(Node node, AdminOptions options, OrchestratorVerticle orchestrator) throws Exception {
        AdminVerticle admin =
                new AdminVerticle(options, orchestrator.control(), new RecordedAudit(orchestrator.audit()));
        node.deploy(vertx -> vertx.deployVerticle(admin));
        spec.commandLine()
                .getOut()
                .println("admin API and console at " + (options.isSecure() ? "https://" : "http://") + options.host()
                        + ":" + admin.port() + "/console/");
    }

    private static String ready(OrchestratorOptions options, ClusterSettings cluster) {
        return "orchestrator of " + options.getPolicy().trustDomain() + " is ready in cluster '" + cluster.clusterName()
                + "' at " + cluster.host() + ":" + cluster.port();
    }
}

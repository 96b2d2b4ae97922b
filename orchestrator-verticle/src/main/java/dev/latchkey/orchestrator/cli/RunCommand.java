// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureEventBus;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code latchkey run}: deploys a verticle on a node of its own until it is told to stop. */
@Command(
        name = "run",
        description = "Deploy a verticle on a clustered node until SIGTERM or Ctrl-C.",
        footer = {
            "",
            "A SecureVerticle joins as the service before its start() is called. Any other verticle runs on the plain bus.",
            "",
            "Examples:",
            "  latchkey run com.example.Greeter --service greeter",
            "  latchkey run com.example.Greeter --service greeter --instances 2 --cluster node.yaml",
            "  latchkey run com.example.Greeter --service greeter --join-token /run/secrets/greeter.join"
        })
final class RunCommand implements CliCommand {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(
            paramLabel = "CLASS",
            description = {
                "The verticle: a class, or a name that a verticle factory takes, such as service:com.example.app.",
                "Put its jar on LATCHKEY_CLASSPATH."
            })
    @SuppressWarnings("NullAway.Init")
    private String className;

    @Option(names = "--service", paramLabel = "NAME", required = true, description = "The service that it is.")
    @SuppressWarnings("NullAway.Init")
    private String service;

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = Home.FOLDER,
            description = "Where trust.json and NAME.jwt are. Default: ${DEFAULT-VALUE}")
    @SuppressWarnings("NullAway.Init")
    private Path dir;

    @Option(names = "--trust", paramLabel = "FILE", description = "The trust bundle. Default: DIR/trust.json")
    private @Nullable Path trust;

    @Option(names = "--credential", paramLabel = "FILE", description = "The credential. Default: DIR/NAME.jwt")
    private @Nullable Path credential;

    @Option(
            names = "--join-token",
            paramLabel = "FILE",
            description = "A join token, instead of a credential. It works once, for one instance.")
    private @Nullable Path joinToken;

    @Option(names = "--config", paramLabel = "FILE", description = "The verticle's configuration, YAML or JSON.")
    private @Nullable Path config;

    @Option(
            names = "--cluster",
            paramLabel = "FILE",
            description = "The node's settings, YAML. Default: loopback, any free port, joining 127.0.0.1:5701")
    private @Nullable Path cluster;

    @Option(
            names = "--bootstrap",
            paramLabel = "NAME",
            description =
                    "The DNS name (SRV, or addresses) of orchestrators that tell trust bundle and cluster; needs --pin.")
    private @Nullable String bootstrapName;

    @Option(
            names = "--pin",
            paramLabel = "sha256:HEX",
            description =
                    "The fingerprint of the orchestrators' key, as an orchestrator prints it. May be given twice.")
    private List<String> pins = List.of();

    @Option(names = "--instances", paramLabel = "N", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
    private int instances;

    @Override
    public Integer call() throws Exception {
        requireOneUse();
        NamedVerticle verticle = NamedVerticle.of(className);
        try (Joiner joiner = Joiner.of(cluster, bootstrapName, pins)) {
            run(verticle, joiner);
        }
        return 0;
    }

    private void run(NamedVerticle verticle, Joiner joiner) throws Exception {
        DeploymentOptions options = options(VerticleConfig.load(config, latchkey(joiner)), verticle);
        ClusterSettings settings = joiner.cluster().settingsOnAnyPort();
        try (Progress starting = Progress.forPeople(spec, "joining cluster and orchestrators");
                Node node = Node.start(settings)) {
            node.deploy(vertx -> verticle.deploy(vertx, options));
            node.serve(joiner.metrics(), vertx -> SecureEventBus.metricsOf(vertx));
            starting.done();
            spec.commandLine().getOut().println(ready(settings));
            node.untilInterrupted();
        }
    }

    private void requireOneUse() {
        if (joinToken != null && credential != null) {
            throw new IllegalArgumentException("--join-token and --credential are both given; leave one out");
        }
        if (joinToken != null && instances > 1) {
            throw new IllegalArgumentException("--join-token: works for one instance, not for " + instances
                    + "; use --credential, or --instances 1");
        }
    }

    private Path credential(Home home) {
        if (joinToken != null) {
            return joinToken;
        }
        return credential == null ? home.credential(service) : credential;
    }

    private JsonObject latchkey(Joiner joiner) {
        Home home = new Home(dir);
        return new JsonObject()
                .put("service", service)
                .put("trustBundle", joiner.trust(trust, home.trust()))
                .put("credential", credential(home).toString());
    }

    private DeploymentOptions options(VerticleConfig verticleConfig, NamedVerticle verticle) {
        if (verticle.joins()) {
            verticleConfig.check();
        }
        // Fewer than one is refused by the options themselves.
        return new DeploymentOptions().setConfig(verticleConfig.json()).setInstances(instances);
    }

    private String ready(ClusterSettings settings) {
        return service + " is ready: " + className + " x" + instances + " in cluster '" + settings.clusterName()
                + "' at " + settings.host() + ":" + settings.port();
    }
}

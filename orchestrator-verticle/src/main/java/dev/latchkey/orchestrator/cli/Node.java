// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.Metrics;
import dev.latchkey.orchestrator.cluster.ClusterNode;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.metrics.MetricsOptions;
import dev.latchkey.orchestrator.metrics.MetricsServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A node of the cluster for as long as a command runs. */
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.cli");
    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration DEPLOYMENT = Duration.ofSeconds(60);
    /** Less than what {@link GracefulExit} grants. */
    private static final Duration STOP = Duration.ofSeconds(4);

    private final Vertx vertx;
    /** Not null once it closes by itself, which nobody needs to wait for. */
    private @Nullable Future<Void> closing;

    private Node(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Starts it and waits until it is in the cluster. */
    static Node start(ClusterSettings settings) throws Exception {
        Future<Vertx> starting = ClusterNode.start(settings);
        try {
            return new Node(
                    Awaiting.result(starting, START, "the node did not join within 60 s; check cluster.members"));
        } catch (Exception e) {
            // It may yet come up, when nobody waits for it any more.
            starting.onSuccess(Vertx::close);
            throw e;
        }
    }

    /** Deploys something and waits until it runs. */
    void deploy(Function<Vertx, Future<String>> deployment) throws Exception {
        Future<String> deploying = deployment.apply(vertx);
        try {
            Awaiting.result(
                    deploying,
                    DEPLOYMENT,
                    "the verticle did not start within 60 s; its start() must complete the future that it returns");
        } catch (InterruptedException e) {
            closing = deploying.transform(done -> vertx.close());
            throw e;
        }
    }

    /** Serves metrics, if they are to be served. */
    void serve(Optional<MetricsOptions> options, Function<Vertx, Optional<Metrics>> metrics) throws Exception {
        if (options.isPresent()) {
            Awaiting.result(
                    MetricsServer.start(vertx, options.get(), () -> metrics.apply(vertx)),
                    START,
                    "the metrics' port could not be bound within 60 s; choose another by metrics.port");
        }
    }

    /** Lets it run until this thread is told to stop. */
    @SuppressWarnings("InterruptedExceptionSwallowed")
    void untilInterrupted() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // The signal that was waited for. The flag stays cleared: close() has to wait, too.
        }
    }

    /**
     * Undeploys everything and leaves the cluster. What cannot be stopped in order is dropped: the command ends anyway. A
     * deployment that was given up ends first, since Vert.x complains when it is closed amid one.
     */
    @Override
    public void close() {
        if (closing == null) {
            closing = vertx.close();
            await(closing);
        }
    }

    private static void await(Future<Void> closing) {
        try {
            Awaiting.result(closing, STOP, "4 s were not enough");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            LOG.warn("the node did not stop in order: " + e.getMessage());
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.Bootstrap;
import dev.latchkey.eventbus.BootstrapDocument;
import dev.latchkey.eventbus.BootstrapOptions;
import dev.latchkey.orchestrator.metrics.MetricsOptions;
import io.vertx.core.Vertx;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a node knows before it joins: from files, or from an orchestrator that it found, which it follows while it runs. */
final class Joiner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.bootstrap");
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final ClusterSection section;
    private final Optional<MetricsOptions> metrics;
    private final @Nullable Vertx vertx;
    private final @Nullable Bootstrap bootstrap;

    private Joiner(
            ClusterSection section,
            Optional<MetricsOptions> metrics,
            @Nullable Vertx vertx,
            @Nullable Bootstrap bootstrap) {
        this.section = section;
        this.metrics = metrics;
        this.vertx = vertx;
        this.bootstrap = bootstrap;
    }

    /**
     * Reads the node's file, and finds an orchestrator if it or the command line says how.
     *
     * @param file the node's; null for none
     * @param name where orchestrators are; null for what the file says
     * @param pins of the command line; none for those of the file
     */
    static Joiner of(@Nullable Path file, @Nullable String name, List<String> pins) throws Exception {
        NodeFile node = file == null ? NodeFile.defaults() : NodeFile.load(file);
        JsonObject found = settings(node.bootstrap(), name, pins);
        return found == null
                ? new Joiner(node.cluster(), node.metrics(), null, null)
                : found(node, BootstrapOptions.fromJson(found));
    }

    private static @Nullable JsonObject settings(
            @Nullable JsonObject fromFile, @Nullable String name, List<String> pins) {
        if (fromFile == null && name == null) {
            if (!pins.isEmpty()) {
                throw new IllegalArgumentException("--pin: is of use with --bootstrap only; add it, or leave it out");
            }
            return null;
        }
        JsonObject settings = fromFile == null ? new JsonObject() : fromFile.copy();
        if (name != null) {
            settings.put("name", name);
        }
        return pins.isEmpty() ? settings : settings.put("pins", new JsonArray(pins));
    }

    private static Joiner found(NodeFile node, BootstrapOptions options) throws Exception {
        Vertx vertx = Vertx.vertx();
        try {
            Bootstrap bootstrap = Awaiting.result(
                    Bootstrap.find(vertx, options), PATIENCE, "no orchestrator was found; check bootstrap.name");
            bootstrap.handler(Joiner::changed);
            return new Joiner(node.cluster().over(bootstrap.document().cluster()), node.metrics(), vertx, bootstrap);
        } catch (Exception e) {
            vertx.close();
            throw e;
        }
    }

    private static void changed(BootstrapDocument document) {
        LOG.warn("bootstrap: orchestrators of " + document.trustBundle().trustDomain()
                + " tell other keys or another cluster now; start this node anew to take them");
    }

    /** Where the node serves metrics, if it does. */
    Optional<MetricsOptions> metrics() {
        return metrics;
    }

    /** The node's settings, by its file and by what an orchestrator told. */
    ClusterSection cluster() {
        return section;
    }

    /**
     * Whom to trust: a bundle, or the path of one.
     *
     * @param given on the command line, if it is
     */
    Object trust(@Nullable Path given, Path otherwise) {
        Bootstrap found = bootstrap;
        if (found == null) {
            return String.valueOf(given == null ? otherwise : given);
        }
        if (given != null) {
            throw new IllegalArgumentException(
                    "--trust: orchestrators that are found by --bootstrap tell it; leave one out");
        }
        return found.document().trustBundle().toJson();
    }

    @Override
    public void close() {
        if (bootstrap != null) {
            bootstrap.close();
        }
        if (vertx != null) {
            vertx.close();
        }
    }
}

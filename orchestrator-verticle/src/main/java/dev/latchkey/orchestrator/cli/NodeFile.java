// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.metrics.MetricsOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code latchkey run --cluster}.
 *
 * @param cluster where the node listens and whom it joins
 * @param metrics where it serves metrics, if it does
 * @param bootstrap how it finds orchestrators; null when the file does not say
 */
record NodeFile(
        ClusterSection cluster,
        Optional<MetricsOptions> metrics,
        @Nullable JsonObject bootstrap) {
    private static final List<String> SECTIONS =
            List.of(ClusterSection.NAME, MetricsSection.NAME, BootstrapSettings.NAME);

    /** What holds without a file. */
    static NodeFile defaults() {
        return new NodeFile(ClusterSection.defaults(), Optional.empty(), null);
    }

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException naming file, setting, problem and fix
     */
    static NodeFile load(Path file) throws IOException {
        JsonObject settings = YamlSettings.load(file, "correct the path, or leave --cluster out to use loopback");
        settings.fieldNames().forEach(name -> requireKnown(file, name));
        return new NodeFile(
                ClusterSection.of(file, settings),
                MetricsSection.of(file, settings),
                BootstrapSection.of(file, settings));
    }

    private static void requireKnown(Path file, String name) {
        if (!SECTIONS.contains(name)) {
            throw new IllegalArgumentException(file + ": unknown setting '" + name + "'; "
                    + Nearest.to(name, SECTIONS)
                            .orElse("a node's file has the sections 'cluster:', 'metrics:' and 'bootstrap:'"));
        }
    }
}

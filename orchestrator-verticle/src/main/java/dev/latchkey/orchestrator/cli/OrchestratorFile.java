// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.metrics.MetricsOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The file of {@code latchkey orchestrator}: the members of {@link OrchestratorOptions} a section {@code cluster} with
 * those of {@link ClusterSettings}, and one {@code metrics} with those of {@link MetricsOptions}. Its paths are relative to the file's own folder, so that the folder may be moved.
 */
final class OrchestratorFile {
    private final Path file;
    private final JsonObject options;
    private final ClusterSettings cluster;
    private final Optional<MetricsOptions> metrics;

    private OrchestratorFile(Path file, JsonObject options, ClusterSettings cluster, Optional<MetricsOptions> metrics) {
        this.metrics = metrics;
        this.file = file;
        this.options = options;
        this.cluster = cluster;
    }

    /**
     * Reads the file, but none of those that it names.
     *
     * @throws IllegalArgumentException naming file, setting, problem and fix
     */
    static OrchestratorFile load(Path file) throws IOException {
        JsonObject settings = YamlSettings.load(file, "make it by 'latchkey init', or name another by --config");
        ClusterSettings cluster = ClusterSection.of(file, settings).settings();
        Optional<MetricsOptions> metrics = MetricsSection.of(file, settings);
        settings.remove(ClusterSection.NAME);
        settings.remove(MetricsSection.NAME);
        return new OrchestratorFile(file, settings, cluster, metrics);
    }

    /** Where the orchestrator's node listens and whom it joins. */
    ClusterSettings cluster() {
        return cluster;
    }

    /** Where metrics are served, if they are. */
    Optional<MetricsOptions> metrics() {
        return metrics;
    }

    /** The options, with the files that they name loaded. */
    OrchestratorOptions options() {
        JsonObject resolved = new JsonObject();
        options.forEach(member -> resolved.put(member.getKey(), resolve(member.getValue())));
        return OrchestratorOptions.load(resolved);
    }

    private Object resolve(Object value) {
        return value instanceof JsonObject section ? inner(section) : path(value);
    }

    /** Not all texts of a section are paths; the settings that are end with the word, or are a folder. */
    private JsonObject inner(JsonObject section) {
        JsonObject resolved = section.copy();
        section.forEach(setting -> {
            if (setting.getKey().endsWith("File") || setting.getKey().equals("folder")) {
                resolved.put(setting.getKey(), path(setting.getValue()));
            }
        });
        return resolved;
    }

    private Object path(Object value) {
        return value instanceof String path ? file.resolveSibling(path).toString() : value;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code latchkey orchestrator}: the members of {@link OrchestratorOptions}, a section {@code cluster} with
 * those of {@link ClusterSettings}, and maybe a section {@code bootstrap} with those of {@link BootstrapSettings}. Its paths are relative to the file's own folder, so that the folder may be moved.
 */
final class OrchestratorFile {
    private final Path file;
    private final JsonObject options;
    private final ClusterSettings cluster;
    private final @Nullable JsonObject bootstrap;

    private OrchestratorFile(Path file, JsonObject options, ClusterSettings cluster, @Nullable JsonObject bootstrap) {
        this.file = file;
        this.options = options;
        this.cluster = cluster;
        this.bootstrap = bootstrap;
    }

    /**
     * Reads the file, but none of those that it names.
     *
     * @throws IllegalArgumentException naming file, setting, problem and fix
     */
    static OrchestratorFile load(Path file) throws IOException {
        JsonObject settings = YamlSettings.load(file, "make it by 'latchkey init', or name another by --config");
        ClusterSettings cluster = ClusterSection.of(file, settings).settings();
        settings.remove(ClusterSection.NAME);
        JsonObject bootstrap = BootstrapSection.of(file, settings);
        settings.remove(BootstrapSettings.NAME);
        return new OrchestratorFile(file, settings, cluster, bootstrap);
    }

    /** Where the bootstrap document is served; null for nowhere. */
    @Nullable
    BootstrapSettings bootstrap() {
        return bootstrap == null ? null : BootstrapSettings.fromJson(inner(bootstrap));
    }

    /** Where the orchestrator's node listens and whom it joins. */
    ClusterSettings cluster() {
        return cluster;
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

    /** Not all texts of a section are paths; the settings that are end with the word. */
    private JsonObject inner(JsonObject section) {
        JsonObject resolved = section.copy();
        section.forEach(setting -> {
            if (setting.getKey().endsWith("File")) {
                resolved.put(setting.getKey(), path(setting.getValue()));
            }
        });
        return resolved;
    }

    private Object path(Object value) {
        return value instanceof String path ? file.resolveSibling(path).toString() : value;
    }
}

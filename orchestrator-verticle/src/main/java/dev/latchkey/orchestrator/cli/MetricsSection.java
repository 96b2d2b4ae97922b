// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.metrics.MetricsOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;

/** The section {@code metrics} of a settings file: without it, metrics are not served. */
final class MetricsSection {
    /** The section's name. */
    static final String NAME = "metrics";

    private static final String TOKEN_FILE = "tokenFile";

    private MetricsSection() {}

    /**
     * The section of settings that were read from a file; its path is relative to the file's folder.
     *
     * @throws IllegalArgumentException naming file, setting, problem and fix
     */
    static Optional<MetricsOptions> of(Path file, JsonObject settings) {
        if (!settings.containsKey(NAME)) {
            return Optional.empty();
        }
        if (settings.getValue(NAME) instanceof JsonObject section) {
            return Optional.of(read(file, section.copy()));
        }
        throw new IllegalArgumentException(
                file + ": 'metrics' is no section; put settings such as 'port: 9404' under it");
    }

    private static MetricsOptions read(Path file, JsonObject section) {
        if (section.getValue(TOKEN_FILE) instanceof String path) {
            section.put(TOKEN_FILE, file.resolveSibling(path).toString());
        }
        try {
            return MetricsOptions.fromJson(section);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}

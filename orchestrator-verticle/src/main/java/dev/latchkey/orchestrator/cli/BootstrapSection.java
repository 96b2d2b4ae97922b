// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.bootstrap.BootstrapSettings;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The section {@code bootstrap} of a settings file: of an orchestrator's where it serves, of a node's where it looks. */
final class BootstrapSection {
    private BootstrapSection() {}

    /** The section; null when the file has none. */
    static @Nullable JsonObject of(Path file, JsonObject settings) {
        if (!settings.containsKey(BootstrapSettings.NAME)) {
            return null;
        }
        if (!(settings.getValue(BootstrapSettings.NAME) instanceof JsonObject section)) {
            throw new IllegalArgumentException(
                    file + ": 'bootstrap' is no section; put settings such as 'port: 8443' under it, or remove it");
        }
        return section;
    }
}

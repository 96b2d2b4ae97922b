// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.cluster.FreePort;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The section {@code cluster} of a settings file. All of it is optional. */
final class ClusterSection {
    /** The section's name. */
    static final String NAME = "cluster";

    private static final String PORT = "port";

    private final String origin;
    private final JsonObject section;

    private ClusterSection(String origin, JsonObject section) {
        this.origin = origin;
        this.section = section;
    }

    /** A section with defaults only. */
    static ClusterSection defaults() {
        return new ClusterSection("", new JsonObject());
    }

    /** Reads a file that holds this section and no other. */
    static ClusterSection load(Path file) throws IOException {
        JsonObject settings = YamlSettings.load(file, "correct the path, or leave --cluster out to use loopback");
        settings.fieldNames().forEach(name -> requireCluster(file, name));
        return of(file, settings);
    }

    /** The section of settings that were read from a file. */
    static ClusterSection of(Path file, JsonObject settings) {
        Object section = settings.getValue(NAME, new JsonObject());
        if (section instanceof JsonObject object) {
            object.forEach(setting -> requireValue(file, setting.getKey(), setting.getValue()));
            return new ClusterSection(file + ": ", object);
        }
        throw new IllegalArgumentException(
                file + ": 'cluster' is no section; put settings such as 'port: 5701' under it");
    }

    private static void requireValue(Path file, String name, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException(
                    file + ": cluster." + name + " has no value; give one or remove the line");
        }
    }

    private static void requireCluster(Path file, String name) {
        if (!name.equals(NAME)) {
            throw new IllegalArgumentException(file + ": unknown setting '" + name + "'; "
                    + Nearest.to(name, List.of(NAME)).orElse("a node's file has one section, 'cluster:'"));
        }
    }

    /**
     * The settings.
     *
     * @throws IllegalArgumentException naming file, setting, problem and fix
     */
    ClusterSettings settings() {
        try {
            return ClusterSettings.fromJson(section);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(origin + e.getMessage(), e);
        }
    }

    /** True when the node must have one port, and not any that is free. */
    boolean namesPort() {
        return section.containsKey(PORT);
    }

    /** The settings, with any free port where the section names none: several nodes may share a host. */
    ClusterSettings settingsOnAnyPort() throws IOException {
        if (namesPort()) {
            return settings();
        }
        ClusterSettings checked = settings();
        JsonObject complete = section.copy().put(PORT, FreePort.on(checked.host()));
        return ClusterSettings.fromJson(complete);
    }
}

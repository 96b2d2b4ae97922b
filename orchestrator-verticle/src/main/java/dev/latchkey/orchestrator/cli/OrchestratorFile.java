// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.orchestrator.OrchestratorOptions;
import dev.latchkey.orchestrator.admin.AdminOptions;
import dev.latchkey.orchestrator.cluster.ClusterSettings;
import dev.latchkey.orchestrator.policy.Nearest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code latchkey orchestrator}: the members of {@link OrchestratorOptions}, a section {@code cluster} with
 * those of {@link ClusterSettings}, and maybe one, {@code admin}, with those of {@link AdminOptions}. Its paths are relative to the file's own folder, so that the folder may be moved.
 */
final class OrchestratorFile {
    private static final String ADMIN = "admin";
    private static final List<String> SECTIONS = List.of(ClusterSection.NAME, ADMIN);

    private final Path file;
    private final JsonObject options;
    private final ClusterSettings cluster;
    private final @Nullable JsonObject admin;

    private OrchestratorFile(Path file, JsonObject options, ClusterSettings cluster, @Nullable JsonObject admin) {
        this.file = file;
        this.options = options;
        this.cluster = cluster;
        this.admin = admin;
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
        JsonObject admin = section(file, settings.containsKey(ADMIN), settings.remove(ADMIN));
        settings.fieldNames().forEach(name -> requireNoSectionMeant(file, name));
        return new OrchestratorFile(file, settings, cluster, admin);
    }

    private static @Nullable JsonObject section(Path file, boolean there, @Nullable Object admin) {
        if (!there || admin instanceof JsonObject) {
            return (JsonObject) admin;
        }
        throw new IllegalArgumentException(
                file + ": 'admin' is no section; put settings such as 'port: 8600' under it");
    }

    private static void requireNoSectionMeant(Path file, String name) {
        Nearest.to(name, SECTIONS).ifPresent(guess -> {
            throw new IllegalArgumentException(file + ": unknown setting '" + name + "'; " + guess);
        });
    }

    /** What an admin API needs, if there is to be one. */
    Optional<AdminOptions> admin(OrchestratorOptions loaded) {
        return Optional.ofNullable(admin)
                .map(section -> AdminOptions.fromJson(
                        inner(section), loaded.getDeployer(), loaded.getPolicy().trustDomain()));
    }

    /** A text of the section {@code admin}, without a look at the files that it names. */
    String adminText(String name, String otherwise) {
        return admin != null && admin.getValue(name) instanceof String text ? text : otherwise;
    }

    /** Where the orchestrator's node listens and whom it joins. */
    ClusterSettings cluster() {
        return cluster;
    }

    /** The file that a member names, if it is there and names one. */
    Optional<Path> fileOf(String member) {
        return options.getValue(member) instanceof String path
                ? Optional.of(file.resolveSibling(path))
                : Optional.empty();
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

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.bootstrap;

import dev.latchkey.eventbus.policy.Nearest;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where an orchestrator serves its bootstrap document. Immutable.
 *
 * @param host the address to bind
 * @param port the port; 0 for any
 * @param keyFile the TLS key, PEM (PKCS#8); null to make one at each start
 * @param certificateFile its certificate, PEM; null with the key
 */
public record BootstrapSettings(
        String host,
        int port,
        @Nullable Path keyFile,
        @Nullable Path certificateFile) {
    /** The section's name in an orchestrator's file. */
    public static final String NAME = "bootstrap";

    private static final String KEY_FILE = "keyFile";
    private static final String CERTIFICATE_FILE = "certificateFile";
    private static final List<String> MEMBERS = List.of("host", "port", KEY_FILE, CERTIFICATE_FILE);
    private static final int DEFAULT_PORT = 8443;
    private static final int MAX_PORT = 65_535;

    /** Checks the port, and that key and certificate come together and can be read. */
    public BootstrapSettings {
        refuseIf(port < 0 || port > MAX_PORT, "port", port + " is no port; give one from 0 to " + MAX_PORT);
        refuseIf(
                (keyFile == null) != (certificateFile == null),
                keyFile == null ? KEY_FILE : CERTIFICATE_FILE,
                "is missing; give key and certificate, or neither: then one is made at each start");
        requireReadable(KEY_FILE, keyFile);
        requireReadable(CERTIFICATE_FILE, certificateFile);
    }

    private static void requireReadable(String name, @Nullable Path file) {
        refuseIf(
                file != null && !Files.isReadable(file),
                name,
                file + " cannot be read; correct the path, or mount the secret");
    }

    /**
     * Reads the JSON form, whose members are the parameters; all may be left out.
     *
     * @throws IllegalArgumentException naming the setting, what is wrong with it, and the fix
     */
    public static BootstrapSettings fromJson(JsonObject json) {
        json.fieldNames()
                .forEach(name -> refuseIf(
                        !MEMBERS.contains(name),
                        name,
                        "is unknown; " + Nearest.to(name, MEMBERS).orElse("known are " + MEMBERS)));
        Object port = json.getValue("port", DEFAULT_PORT);
        refuseIf(!(port instanceof Integer), "port", "is no whole number; give a port such as 8443");
        return new BootstrapSettings(
                Objects.requireNonNull(text(json, "host", "127.0.0.1")),
                (Integer) port,
                file(json, KEY_FILE),
                file(json, CERTIFICATE_FILE));
    }

    private static @Nullable String text(JsonObject json, String name, @Nullable String otherwise) {
        Object value = json.getValue(name, otherwise);
        refuseIf(value != null && !(value instanceof String), name, "is no text; write it in quotes");
        return (String) value;
    }

    private static @Nullable Path file(JsonObject json, String name) {
        String path = text(json, name, null);
        return path == null ? null : Path.of(path);
    }

    private static void refuseIf(boolean wrong, String name, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(NAME + "." + name + ": " + problem);
        }
    }
}

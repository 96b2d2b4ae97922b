// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import dev.latchkey.eventbus.SecureEventBusOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The configuration of a verticle, with the object {@code latchkey} that a {@code SecureVerticle} joins by. */
final class VerticleConfig {
    private static final String LATCHKEY = "latchkey";

    private final JsonObject json;

    private VerticleConfig(JsonObject json) {
        this.json = json;
    }

    /** The file's configuration, if there is a file; what the command line says of {@code latchkey} comes first. */
    static VerticleConfig load(@Nullable Path file, JsonObject latchkey) throws IOException {
        JsonObject json = file == null ? new JsonObject() : YamlSettings.load(file, "correct the path of --config");
        if (!(json.getValue(LATCHKEY, new JsonObject()) instanceof JsonObject fromFile)) {
            throw new IllegalArgumentException(file + ": 'latchkey' is no section; put settings under it or remove it");
        }
        return new VerticleConfig(json.put(LATCHKEY, fromFile.copy().mergeIn(latchkey)));
    }

    /** Refuses what joining would refuse, before a node is started: unknown members and files that cannot be read. */
    void check() {
        try {
            requireCredential(new SecureEventBusOptions(json.getJsonObject(LATCHKEY)));
        } catch (ClassCastException e) {
            throw new IllegalArgumentException(
                    "latchkey: a setting has the wrong type; provides and invokes are lists, joinTimeout is a number",
                    e);
        }
    }

    private static void requireCredential(SecureEventBusOptions options) {
        if (options.getCredential().get().isEmpty()) {
            throw new IllegalArgumentException(
                    "the credential is empty; make one by 'latchkey credential issue --out'");
        }
    }

    /** All of it. */
    JsonObject json() {
        return json;
    }
}

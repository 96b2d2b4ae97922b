// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.TrustBundle;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import dev.latchkey.eventbus.token.PublicJwk;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose checkpoints are believed.
 *
 * @param keys at least one
 * @param trustDomain whose log it must be; null for the one that the log names
 */
public record AuditTrust(List<VerifyingKey> keys, @Nullable String trustDomain) {
    /** Copies the list. */
    public AuditTrust {
        keys = List.copyOf(keys);
    }

    /**
     * Reads trust bundles, or JSON objects with {@code keys} alone, such as of keys that are not in use any more.
     *
     * @throws IllegalArgumentException naming file, problem and fix
     */
    public static AuditTrust load(List<Path> files) {
        List<VerifyingKey> keys = new ArrayList<>();
        String trustDomain = null;
        for (Path file : files) {
            JsonObject json = read(file);
            boolean bundle = json.containsKey("registrationKey");
            keys.addAll(bundle ? TrustBundle.load(file).tokenKeys() : keys(file, json));
            trustDomain = bundle ? TrustBundle.load(file).trustDomain() : trustDomain;
        }
        return new AuditTrust(keys, trustDomain);
    }

    private static JsonObject read(Path file) {
        try {
            return new JsonObject(Files.readString(file));
        } catch (IOException | DecodeException e) {
            throw new IllegalArgumentException(
                    "--trust: " + file + " cannot be read as JSON; name a trust bundle, or a file with public keys", e);
        }
    }

    private static List<VerifyingKey> keys(Path file, JsonObject json) {
        try {
            JsonArray keys = json.getJsonArray("keys", new JsonArray());
            if (!keys.isEmpty()) {
                return keys.stream()
                        .map(JsonObject.class::cast)
                        .map(PublicJwk::read)
                        .toList();
            }
        } catch (ClassCastException | IllegalArgumentException e) {
            throw new IllegalArgumentException("--trust: " + file + ": keys: " + e.getMessage() + "; copy it again", e);
        }
        throw new IllegalArgumentException(
                "--trust: " + file + " holds no keys; name a trust bundle, or {\"keys\": [...]} with public JWKs");
    }
}

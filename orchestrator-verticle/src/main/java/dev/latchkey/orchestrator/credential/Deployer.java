// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.credential;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import dev.latchkey.eventbus.token.PublicJwk;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Who may sign credentials.
 *
 * @param issuer the name in their {@code iss}
 * @param keys the deployer's public keys
 */
public record Deployer(String issuer, List<VerifyingKey> keys) {

    /** Copies the list; refuses an empty one. */
    public Deployer {
        keys = List.copyOf(keys);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("keys: at least one is needed");
        }
    }

    /**
     * Reads the file that {@code latchkey init} wrote.
     *
     * @throws IllegalArgumentException naming the file, the problem and the fix
     */
    public static Deployer load(Path file) {
        try {
            return fromJson(new JsonObject(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "deployer file " + file + " cannot be read; make it by 'latchkey init'", e);
        } catch (DecodeException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("deployer file " + file + " is not what 'latchkey init' writes", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("deployer file " + file + ": " + e.getMessage(), e);
        }
    }

    private static Deployer fromJson(JsonObject json) {
        JsonArray jwks = Objects.requireNonNull(json.getJsonArray("keys", new JsonArray()));
        List<VerifyingKey> keys =
                jwks.stream().map(JsonObject.class::cast).map(PublicJwk::read).toList();
        // Without an issuer, any would do.
        return new Deployer(Objects.requireNonNull(json.getString("issuer", "deployer")), keys);
    }

    /** The JSON form: {@code issuer} and {@code keys} (a JWK set's, RFC 7517). */
    public JsonObject toJson() {
        JsonArray jwks = new JsonArray();
        keys.forEach(key -> jwks.add(PublicJwk.of(key)));
        return new JsonObject().put("issuer", issuer).put("keys", jwks);
    }
}

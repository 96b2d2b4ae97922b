// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import dev.latchkey.eventbus.crypto.VerifyingKey;
import dev.latchkey.eventbus.token.PublicJwk;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an instance must know of its trust domain before it joins: its name, the key that registrations are sealed to, and
 * the keys that sign tokens. All of it is public; what matters is that it is authentic. Immutable.
 */
public final class TrustBundle {
    private static final int X25519_KEY_LENGTH = 32;

    private final String trustDomain;
    private final byte[] registrationKey;
    private final List<VerifyingKey> tokenKeys;

    /**
     * A bundle.
     *
     * @param registrationKey the orchestrators' X25519 public key, 32 bytes
     * @param tokenKeys the orchestrators' Ed25519 public keys
     */
    public TrustBundle(String trustDomain, byte[] registrationKey, List<VerifyingKey> tokenKeys) {
        if (trustDomain.isEmpty()) {
            throw new IllegalArgumentException("trustDomain is empty");
        }
        if (registrationKey.length != X25519_KEY_LENGTH) {
            throw new IllegalArgumentException("registrationKey: an X25519 key has 32 bytes");
        }
        if (tokenKeys.isEmpty()) {
            throw new IllegalArgumentException("keys: at least one is needed");
        }
        this.trustDomain = trustDomain;
        this.registrationKey = registrationKey.clone();
        this.tokenKeys = List.copyOf(tokenKeys);
    }

    /**
     * Reads the file that {@code latchkey init} wrote.
     *
     * @throws IllegalArgumentException when it cannot be read, naming the file, the member and the fix
     */
    public static TrustBundle load(Path file) {
        try {
            return fromJson(new JsonObject(Files.readString(file)));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "trust bundle " + file + " cannot be read; copy it from where 'latchkey init' wrote it", e);
        } catch (DecodeException e) {
            throw new IllegalArgumentException("trust bundle " + file + " is not JSON; copy it again", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "trust bundle " + file + ": " + e.getMessage()
                            + "; copy it again from where 'latchkey init' wrote it",
                    e);
        }
    }

    /**
     * Reads the JSON form.
     *
     * @throws IllegalArgumentException naming the member that is missing or wrong
     */
    public static TrustBundle fromJson(JsonObject json) {
        return new TrustBundle(
                member(json, "trustDomain", String.class),
                registrationKey(member(json, "registrationKey", String.class)),
                keys(member(json, "keys", JsonArray.class)));
    }

    private static <T> T member(JsonObject json, String name, Class<T> type) {
        if (!type.isInstance(json.getValue(name))) {
            throw new IllegalArgumentException(name + " is missing or no " + type.getSimpleName());
        }
        return type.cast(json.getValue(name));
    }

    private static byte[] registrationKey(String base64url) {
        try {
            return Base64.getUrlDecoder().decode(base64url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("registrationKey is not base64url", e);
        }
    }

    private static List<VerifyingKey> keys(JsonArray jwks) {
        return jwks.stream().map(TrustBundle::key).toList();
    }

    private static VerifyingKey key(@Nullable Object jwk) {
        if (!(jwk instanceof JsonObject json)) {
            throw new IllegalArgumentException("keys: one of them is no JSON object");
        }
        try {
            return PublicJwk.read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("keys: " + e.getMessage(), e);
        }
    }

    /** The JSON form: {@code trustDomain}, {@code registrationKey} (base64url), {@code keys} (a JWK set's, RFC 7517). */
    public JsonObject toJson() {
        JsonArray jwks = new JsonArray();
        tokenKeys.forEach(key -> jwks.add(PublicJwk.of(key)));
        return new JsonObject()
                .put("trustDomain", trustDomain)
                .put("registrationKey", Base64.getUrlEncoder().withoutPadding().encodeToString(registrationKey))
                .put("keys", jwks);
    }

    /** The trust domain's name. */
    public String trustDomain() {
        return trustDomain;
    }

    /** A copy of the X25519 public key that registrations are sealed to. */
    public byte[] registrationKey() {
        return registrationKey.clone();
    }

    /** The keys that sign Service Tokens. */
    public List<VerifyingKey> tokenKeys() {
        return tokenKeys;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustBundle that
                && trustDomain.equals(that.trustDomain)
                && Arrays.equals(registrationKey, that.registrationKey)
                && tokenKeys.equals(that.tokenKeys);
    }

    @Override
    public int hashCode() {
        return trustDomain.hashCode() * 31 + Arrays.hashCode(registrationKey);
    }

    @Override
    public String toString() {
        return "TrustBundle[" + trustDomain + ", " + tokenKeys.size() + " keys]";
    }
}

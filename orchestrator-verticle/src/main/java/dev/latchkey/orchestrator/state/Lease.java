// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One instance's registration. It holds no secret: of the seed only a commitment, by which the instance is known again.
 *
 * <p>An instance that declared no operation declared all that policy lets its service, now and after each change of policy.
 *
 * @param service the service that the instance proved to be
 * @param provides operations that it declared to provide
 * @param invokes operations that it declared to invoke
 * @param commitment of its seed
 * @param expiresAt milliseconds since 1970
 */
public record Lease(String service, Set<String> provides, Set<String> invokes, Buffer commitment, long expiresAt) {
    private static final int COMMITMENT_LENGTH = 32;

    /** Copies the sets. */
    public Lease {
        provides = Set.copyOf(provides);
        invokes = Set.copyOf(invokes);
    }

    /** What is kept of a seed. */
    public static Buffer commitment(SecretBytes seed) {
        byte[] bytes = seed.copy();
        try {
            byte[] salt = "latchkey/1 seed_salt".getBytes(StandardCharsets.US_ASCII);
            byte[] info = "commitment".getBytes(StandardCharsets.US_ASCII);
            return Buffer.buffer(Hkdf.derive(bytes, salt, info, COMMITMENT_LENGTH));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    /** True when the seed is the one that the instance registered with; in constant time. */
    public boolean belongsTo(SecretBytes seed) {
        return MessageDigest.isEqual(commitment.getBytes(), commitment(seed).getBytes());
    }

    /** True when the instance declared whatever policy allows. */
    public boolean declaresAll() {
        return provides.isEmpty() && invokes.isEmpty();
    }

    /** True when it has ended. */
    public boolean isOver(long now) {
        return now >= expiresAt;
    }

    /** The same lease with another end. */
    public Lease until(long end) {
        return new Lease(service, provides, invokes, commitment, end);
    }

    byte[] toBytes() {
        return new JsonObject()
                .put("service", service)
                .put("provides", new JsonArray(List.copyOf(provides)))
                .put("invokes", new JsonArray(List.copyOf(invokes)))
                .put("commitment", commitment.getBytes())
                .put("expiresAt", expiresAt)
                .toBuffer()
                .getBytes();
    }

    static Lease fromBytes(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return new Lease(
                Objects.requireNonNull(json.getString("service")),
                names(json.getJsonArray("provides")),
                names(json.getJsonArray("invokes")),
                Objects.requireNonNull(json.getBuffer("commitment")),
                json.getLong("expiresAt"));
    }

    private static Set<String> names(JsonArray array) {
        return array.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}

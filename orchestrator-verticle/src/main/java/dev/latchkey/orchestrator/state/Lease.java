// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.NodeAddress;
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
import org.jspecify.annotations.Nullable;

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
 * @param node where the instance says that it runs; null when it did not say
 * @param bearer who bears the credential that it registered with; empty when the orchestrator that wrote the lease did not tell
 * @param carried the sealed messages that the instance says it took
 */
public record Lease(
        String service,
        Set<String> provides,
        Set<String> invokes,
        Buffer commitment,
        long expiresAt,
        @Nullable NodeAddress node,
        String bearer,
        Carried carried) {
    private static final int COMMITMENT_LENGTH = 32;

    /** Copies the sets. */
    public Lease {
        provides = Set.copyOf(provides);
        invokes = Set.copyOf(invokes);
    }

    /** A lease of an instance that did not say where it runs. */
    public Lease(String service, Set<String> provides, Set<String> invokes, Buffer commitment, long expiresAt) {
        this(service, provides, invokes, commitment, expiresAt, null);
    }

    /** A lease of an instance of which it is not known what it registered with. */
    public Lease(
            String service,
            Set<String> provides,
            Set<String> invokes,
            Buffer commitment,
            long expiresAt,
            @Nullable NodeAddress node) {
        this(service, provides, invokes, commitment, expiresAt, node, "");
    }

    /** A lease of an instance that told of no sealed messages. */
    public Lease(
            String service,
            Set<String> provides,
            Set<String> invokes,
            Buffer commitment,
            long expiresAt,
            @Nullable NodeAddress node,
            String bearer) {
        this(service, provides, invokes, commitment, expiresAt, node, bearer, Carried.nothing());
    }

    /** What stands for a lease that was ended: nobody's, and over at all times. */
    static Lease ended() {
        return new Lease("", Set.of(), Set.of(), Buffer.buffer(), 0);
    }

    /** True for {@link #ended}. */
    boolean isEnd() {
        return expiresAt == 0;
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
        return new Lease(service, provides, invokes, commitment, end, node, bearer, carried);
    }

    /** The same lease at another place; at the same when none is told. */
    public Lease at(@Nullable NodeAddress told) {
        return told == null
                ? this
                : new Lease(service, provides, invokes, commitment, expiresAt, told, bearer, carried);
    }

    /** The same lease of an instance that has told of sealed messages. */
    public Lease carrying(Carried now) {
        return new Lease(service, provides, invokes, commitment, expiresAt, node, bearer, now);
    }

    /** True when the instance holds, or may come to hold, the keys of an operation that policy lets its service provide. */
    public boolean mayProvide(String operation) {
        return declaresAll() || provides.contains(operation);
    }

    byte[] toBytes() {
        JsonObject json = new JsonObject()
                .put("service", service)
                .put("provides", new JsonArray(List.copyOf(provides)))
                .put("invokes", new JsonArray(List.copyOf(invokes)))
                .put("commitment", commitment.getBytes())
                .put("expiresAt", expiresAt);
        if (node != null) {
            json.put("node", node.toJson());
        }
        if (!bearer.isEmpty()) {
            json.put("bearer", bearer);
        }
        if (!carried.equals(Carried.nothing())) {
            json.put("carried", carried.toJson());
        }
        return json.toBuffer().getBytes();
    }

    static Lease fromBytes(byte[] bytes) {
        JsonObject json = new JsonObject(Buffer.buffer(bytes));
        return new Lease(
                Objects.requireNonNull(json.getString("service")),
                names(json.getJsonArray("provides")),
                names(json.getJsonArray("invokes")),
                Objects.requireNonNull(json.getBuffer("commitment")),
                json.getLong("expiresAt"),
                NodeAddress.fromJson(json.getJsonObject("node")),
                json.getString("bearer", ""),
                Carried.fromJson(json.getJsonObject("carried")));
    }

    private static Set<String> names(JsonArray array) {
        return array.stream().map(String.class::cast).collect(Collectors.toUnmodifiableSet());
    }
}

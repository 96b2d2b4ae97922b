// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.logging.Logger;
import io.vertx.core.internal.logging.LoggerFactory;
import io.vertx.core.shareddata.AsyncMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * A map that all orchestrators share and any member of the cluster can read and overwrite. Its records are therefore sealed
 * under a key that only orchestrators hold, each bound to its map and its key.
 *
 * <p>A record that does not open is reported and taken for absent: nobody who tampers can stop the service by it.
 */
public final class SealedMap {
    private static final Logger LOG = LoggerFactory.getLogger("dev.latchkey.state");

    private final String name;
    private final AsyncMap<String, Object> map;
    private final SaltedBox box;

    private SealedMap(String name, AsyncMap<String, Object> map, SaltedBox box) {
        this.name = name;
        this.map = map;
        this.box = box;
    }

    /** The map of this name; in memory on a single node, Hazelcast's when clustered. */
    public static Future<SealedMap> open(Vertx vertx, String name, SecretBytes stateKey) {
        SaltedBox box = new SaltedBox(stateKey, "state " + name);
        return vertx.sharedData()
                .<String, Object>getAsyncMap("latchkey." + name)
                .map(map -> new SealedMap(name, map, box));
    }

    /**
     * A record as it was found.
     *
     * @param content what it says
     * @param raw its sealed bytes, by which a later exchange recognises it
     */
    @SuppressWarnings("ArrayRecordComponent") // Found records are recognised by their sealed bytes, never compared.
    public record Found(byte[] content, Buffer raw) {}

    /** The record, or none when there is none that opens. */
    public Future<Optional<Found>> get(String key) {
        return map.get(key).map(raw -> raw == null ? Optional.empty() : openRecord(key, raw));
    }

    private Optional<Found> openRecord(String key, Object value) {
        try {
            // Anyone can put a value of any type here.
            Buffer raw = value instanceof Buffer buffer ? buffer : Buffer.buffer();
            return Optional.of(new Found(box.open(binding(key), raw.getBytes()), raw));
        } catch (OpenFailedException e) {
            LOG.error("ALARM: record '" + key + "' of map " + name + " was tampered with");
            return Optional.empty();
        }
    }

    /** Writes a record that ends by itself. */
    public Future<Void> put(String key, byte[] content, Duration timeToLive) {
        return map.put(key, seal(key, content), timeToLive.toMillis());
    }

    /** Writes a record unless there is one; true when it was written. */
    public Future<Boolean> create(String key, byte[] content) {
        return map.putIfAbsent(key, seal(key, content)).map(previous -> previous == null);
    }

    /** Writes a record that ends by itself unless there is one; true when it was written. */
    public Future<Boolean> create(String key, byte[] content, Duration timeToLive) {
        return map.putIfAbsent(key, seal(key, content), timeToLive.toMillis()).map(previous -> previous == null);
    }

    /** Writes a record if the one before is still the one that was found; true when it was written. */
    public Future<Boolean> exchange(String key, Found found, byte[] content) {
        return map.replaceIfPresent(key, found.raw(), seal(key, content));
    }

    /** Writes a record over whatever is there. */
    public Future<Void> overwrite(String key, byte[] content) {
        return map.put(key, seal(key, content));
    }

    /** Removes a record. */
    public Future<Void> remove(String key) {
        return map.remove(key).mapEmpty();
    }

    /** A record as it would be written, for somebody who may read it without the map. */
    public Buffer sealed(String key, byte[] content) {
        return seal(key, content);
    }

    /** What such a record says, or nothing when no orchestrator sealed it for this key of this map. */
    public Optional<byte[]> opened(String key, Buffer sealed) {
        try {
            return Optional.of(box.open(binding(key), sealed.getBytes()));
        } catch (OpenFailedException e) {
            return Optional.empty();
        }
    }

    private Buffer seal(String key, byte[] content) {
        return Buffer.buffer(box.seal(binding(key), content));
    }

    private byte[] binding(String key) {
        byte[] mapName = name.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendInt(mapName.length)
                .appendBytes(mapName)
                .appendString(key)
                .getBytes();
    }
}

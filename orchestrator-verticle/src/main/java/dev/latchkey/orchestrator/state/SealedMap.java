// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.Alarm;
import dev.latchkey.eventbus.Bound;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.orchestrator.notice.Noticed;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.shareddata.AsyncMap;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A map that all orchestrators share and any member of the cluster can read and overwrite. Its records are therefore sealed
 * under a key that only orchestrators hold, each bound to its map and its key.
 *
 * <p>A record that does not open, or cannot be read, raises an alarm and is taken for absent: nobody who tampers can stop the
 * service by it. So is a value that Hazelcast itself cannot read back, since anyone can put an object of any class there. What
 * fails for another reason, such as an outage, fails.
 */
public final class SealedMap implements AutoCloseable {
    /** Records are a few kilobytes; the list of revocations is the longest, and fits into a notice. */
    static final int MAX_RECORD = 1024 * 1024;

    private final String name;
    private final AsyncMap<String, Object> map;
    private final SaltedBox box;
    private final Noticed noticed;

    /** Records kept in a map, sealed under a key of their own. */
    SealedMap(String name, AsyncMap<String, Object> map, SecretBytes stateKey, Noticed noticed) {
        this.name = name;
        this.map = map;
        this.box = new SaltedBox(stateKey, "state " + name);
        this.noticed = noticed;
    }

    /** The map of this name; in memory on a single node, Hazelcast's when clustered. */
    public static Future<SealedMap> open(Vertx vertx, String name, SecretBytes stateKey, Noticed noticed) {
        return vertx.sharedData()
                .<String, Object>getAsyncMap("latchkey." + name)
                .map(map -> new SealedMap(name, map, stateKey, noticed));
    }

    /** Where alarms are raised. */
    Noticed noticed() {
        return noticed;
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
        return map.get(key)
                .map(raw -> raw == null ? Optional.<Found>empty() : openRecord(key, raw))
                .recover(failure -> unlessUnreadable(key, failure, Optional.empty()));
    }

    /** What a record says, or none when there is none that opens and can be read. */
    public <T> Future<Optional<T>> get(String key, Function<byte[], T> reader) {
        return get(key).map(found -> found.flatMap(record -> read(key, record.content(), reader)));
    }

    /** The record, if it is readable; asking may also throw, which means that it is not. */
    Future<Optional<Found>> getIf(String key, Predicate<byte[]> readable) {
        return get(key).map(found -> found.filter(record -> isReadable(key, record.content(), readable)));
    }

    private boolean isReadable(String key, byte[] content, Predicate<byte[]> readable) {
        Optional<Boolean> asked = read(key, content, readable::test);
        if (asked.isPresent() && !asked.get()) {
            tampered(key, "is of another form");
        }
        return asked.orElse(false);
    }

    /** An orchestrator of another version may have written it. */
    private <T> Optional<T> read(String key, byte[] content, Function<byte[], T> reader) {
        try {
            return Optional.of(reader.apply(content));
        } catch (RuntimeException e) {
            return tampered(key, "cannot be read");
        }
    }

    private Optional<Found> openRecord(String key, Object value) {
        // Anyone can put a value of any type here.
        Buffer raw = value instanceof Buffer buffer ? buffer : Buffer.buffer();
        if (raw.length() > MAX_RECORD) {
            noticed.hit(Bound.RECORD_SIZE);
            return tampered(key, "is too large");
        }
        try {
            return Optional.of(new Found(box.open(binding(key), raw.getBytes()), raw));
        } catch (OpenFailedException e) {
            return tampered(key, "does not open");
        }
    }

    private <T> Optional<T> tampered(String key, String problem) {
        noticed.raise(Alarm.TAMPERED_RECORD, "record '" + key + "' of map " + name + " " + problem);
        return Optional.empty();
    }

    /** A value that cannot even be brought back as an object is somebody's; anything else that fails is an outage. */
    private <T> Future<T> unlessUnreadable(String key, Throwable failure, T instead) {
        if (!UnreadableValue.isCauseOf(failure)) {
            return Future.failedFuture(failure);
        }
        tampered(key, "is of a class that cannot be read");
        return Future.succeededFuture(instead);
    }

    /** What all records say, save those that cannot be read. */
    <T> Future<List<T>> all(Function<byte[], T> reader) {
        return names(Integer.MAX_VALUE).compose(names -> {
            List<Future<Optional<T>>> found =
                    names.stream().map(name -> get(name, reader)).toList();
            return Future.join(found).map(done -> found.stream()
                    .map(Future::result)
                    .flatMap(Optional::stream)
                    .toList());
        });
    }

    /** What so many records say at most, by their keys, save those that cannot be read. */
    <T> Future<Map<String, T>> named(Function<byte[], T> reader, int most) {
        return names(most).compose(names -> {
            Map<String, Future<Optional<T>>> found = new LinkedHashMap<>();
            names.forEach(name -> found.put(name, get(name, reader)));
            return Future.join(List.copyOf(found.values())).map(done -> {
                Map<String, T> named = new LinkedHashMap<>();
                found.forEach((name, one) -> one.result().ifPresent(value -> named.put(name, value)));
                return named;
            });
        });
    }

    /**
     * The keys of all records, or of so many at most. Anyone can put a key of any type there; those are left out. One that cannot be brought back
     * hides all others: none is better than to fail whoever asks, start and alarms included, for as long as it is there.
     */
    Future<List<String>> names(int most) {
        return map.keys()
                .map(keys -> texts(keys, most))
                .recover(failure -> unlessUnreadable("a key", failure, List.of()));
    }

    private static List<String> texts(Collection<?> keys, int most) {
        return keys.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .limit(most)
                .toList();
    }

    /** Writes a record that ends by itself. */
    public Future<Void> put(String key, byte[] content, Duration timeToLive) {
        return map.put(key, seal(key, content), timeToLive.toMillis());
    }

    /** Writes a record unless there is one; true when it was written. */
    public Future<Boolean> create(String key, byte[] content) {
        return created(key, map.putIfAbsent(key, seal(key, content)));
    }

    /** Writes a record that ends by itself unless there is one; true when it was written. */
    public Future<Boolean> create(String key, byte[] content, Duration timeToLive) {
        return created(key, map.putIfAbsent(key, seal(key, content), timeToLive.toMillis()));
    }

    /** There is one, too, when what was there cannot be brought back. */
    private Future<Boolean> created(String key, Future<Object> previous) {
        return previous.map(found -> found == null).recover(failure -> unlessUnreadable(key, failure, false));
    }

    /** Writes a record if the one before is still the one that was found; true when it was written. */
    public Future<Boolean> exchange(String key, Found found, byte[] content) {
        return map.replaceIfPresent(key, found.raw(), seal(key, content));
    }

    /** Writes a record over whatever is there. */
    public Future<Void> overwrite(String key, byte[] content) {
        return map.put(key, seal(key, content));
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

    /** Erases the key to its records; whatever is asked of the map afterwards fails. */
    @Override
    public void close() {
        box.close();
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

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.secrets;

import com.github.benmanes.caffeine.cache.Cache;
import dev.latchkey.eventbus.crypto.SecretBytes;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Visits every object of Latchkey's that can be reached from one, by fields and through collections. */
public final class ObjectWalk {
    private static final String OURS = "dev.latchkey.";

    private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Place> open = new ArrayDeque<>();

    private ObjectWalk() {}

    private record Place(String path, Object object) {}

    /** Gives each object and the way to it, as names of fields. */
    public static void from(String name, Object root, BiConsumer<String, Object> visitor) {
        ObjectWalk walk = new ObjectWalk();
        walk.add(name, root);
        while (!walk.open.isEmpty()) {
            Place place = walk.open.pop();
            if (isOurs(place.object)) {
                visitor.accept(place.path, place.object);
            }
            walk.expand(place);
        }
    }

    /** The content of an object of {@link SecretBytes}, and no copy of it. */
    public static byte[] content(SecretBytes secret) {
        try {
            Field content = SecretBytes.class.getDeclaredField("content");
            content.setAccessible(true);
            return (byte[]) content.get(secret);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The secret that an object itself holds, and has not erased, in each form that it may have in a dump of the heap: a cipher's key stands
     * in fields of eight bytes, which are dumped from the first to the last or the other way round. Empty when it holds none.
     */
    public static List<byte[]> secretOf(Object object) {
        if (object instanceof SecretBytes secret && !secret.isErased()) {
            return List.of(content(secret));
        }
        return object instanceof SecretKey key && !key.isDestroyed()
                ? List.of(key.getEncoded(), lastFieldFirst(key.getEncoded()))
                : List.of();
    }

    private static byte[] lastFieldFirst(byte[] encoded) {
        ByteBuffer fields = ByteBuffer.wrap(encoded);
        ByteBuffer turned = ByteBuffer.allocate(encoded.length);
        for (int at = encoded.length - Long.BYTES; at >= 0; at -= Long.BYTES) {
            turned.putLong(fields.getLong(at));
        }
        return turned.array();
    }

    private static boolean isOurs(Object object) {
        return object.getClass().getName().startsWith(OURS)
                && !object.getClass().isEnum();
    }

    private void add(String path, @Nullable Object object) {
        if (object != null && !(object instanceof Class) && seen.add(object)) {
            open.push(new Place(path, object));
        }
    }

    private void expand(Place place) {
        Object object = place.object;
        if (object instanceof Object[] array) {
            Arrays.asList(array).forEach(element -> add(place.path, element));
        } else if (object instanceof Map<?, ?> map) {
            map.forEach((key, value) -> {
                add(place.path, key);
                add(place.path, value);
            });
        } else if (object instanceof Collection<?> collection) {
            collection.forEach(element -> add(place.path, element));
        } else if (object instanceof Cache<?, ?> cache) {
            add(place.path, cache.asMap());
        } else if (object instanceof AtomicReference<?> reference) {
            add(place.path, reference.get());
        } else if (object instanceof Optional<?> optional) {
            add(place.path, optional.orElse(null));
        } else if (isOurs(object)) {
            addFields(place);
        }
    }

    private void addFields(Place place) {
        for (Class<?> type = place.object.getClass();
                type != null && type != Object.class;
                type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (type.getName().startsWith(OURS) && isReference(field)) {
                    add(place.path + "." + field.getName(), value(field, place.object));
                }
            }
        }
    }

    private static boolean isReference(Field field) {
        return !Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive();
    }

    private static @Nullable Object value(Field field, Object object) {
        try {
            field.setAccessible(true);
            return field.get(object);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}

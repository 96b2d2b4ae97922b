// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** What a later minor version may write: every object has members more, and every list of fields an element more. */
public final class LaterMinor {
    /** Objects that are maps: their members are names that somebody chose, so no version adds any. */
    private static final Set<String> MAPS = Set.of("instances", "services", "floors", "credentials", "modes");

    /** Lists of fixed fields, in lists of them. */
    private static final Set<String> RECORDS = Set.of("observed", "sealed", "violations", "offences", "rows");

    private LaterMinor() {}

    /** The same, as a later minor version would write it. */
    public static JsonObject of(JsonObject json) {
        JsonObject later = new JsonObject();
        json.forEach(member -> later.put(member.getKey(), of(member.getKey(), member.getValue())));
        return later.put("minor", 1).put("later", new JsonObject().put("more", new JsonArray().add(1)));
    }

    private static Object of(String name, Object value) {
        if (value instanceof JsonObject object) {
            return MAPS.contains(name) ? map(object) : of(object);
        }
        return value instanceof JsonArray array ? of(name, array) : value;
    }

    private static JsonObject map(JsonObject map) {
        JsonObject later = new JsonObject();
        map.forEach(entry -> later.put(
                entry.getKey(), entry.getValue() instanceof JsonObject object ? of(object) : entry.getValue()));
        return later;
    }

    private static JsonArray of(String name, JsonArray array) {
        JsonArray later = new JsonArray();
        array.forEach(element -> later.add(
                element instanceof JsonArray fields && RECORDS.contains(name)
                        ? fields.copy().add("more")
                        : element instanceof JsonObject object ? of(object) : element));
        return later;
    }
}

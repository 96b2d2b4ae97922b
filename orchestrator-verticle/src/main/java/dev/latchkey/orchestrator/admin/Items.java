// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collector;

/** Lists as the API writes them. */
final class Items {
    private Items() {}

    static JsonObject of(JsonArray items) {
        return new JsonObject().put("items", items);
    }

    /** Texts in their natural order, so that two answers can be compared. */
    static JsonArray sorted(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.stream().sorted().forEach(array::add);
        return array;
    }

    static Collector<JsonObject, JsonArray, JsonArray> toArray() {
        return Collector.of(JsonArray::new, JsonArray::add, JsonArray::addAll);
    }

    /** Counts by name. */
    static <E extends Enum<E>> JsonObject counts(Map<E, Long> counts) {
        JsonObject object = new JsonObject();
        counts.forEach((kind, count) -> object.put(kind.name(), count));
        return object;
    }
}

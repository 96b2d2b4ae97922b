// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.registration.SealedFlow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sealed messages that an instance says it took, kept with its lease, so that every orchestrator knows them, and they end with it.
 *
 * @param toldAt when it told last, or registered; milliseconds since 1970; 0 when an older orchestrator wrote the lease
 * @param spanMillis how long it had counted then
 * @param rows by caller and operation; no more than an instance tells of at once
 */
public record Carried(long toldAt, long spanMillis, List<Row> rows) {
    private static final Carried NOTHING = new Carried(0, 0, List.of());
    private static final double SECOND_MILLIS = 1_000;

    /**
     * Messages of one caller at one operation.
     *
     * @param total since the instance registered
     * @param latest those of the last span
     */
    public record Row(String caller, String operation, long total, long latest) {
        private Row and(long more) {
            long sum = total + more;
            return new Row(caller, operation, sum < 0 ? Long.MAX_VALUE : sum, more);
        }

        private JsonArray toJson() {
            return new JsonArray().add(caller).add(operation).add(total).add(latest);
        }

        private static Row fromJson(JsonArray row) {
            return new Row(row.getString(0), row.getString(1), row.getLong(2), row.getLong(3));
        }
    }

    /** Copies the rows. */
    public Carried {
        rows = List.copyOf(rows);
    }

    /** Nothing yet, by an instance that began to count at a time. */
    public static Carried since(long now) {
        return new Carried(now, 0, List.of());
    }

    /** What is known when nobody told of it. */
    static Carried nothing() {
        return NOTHING;
    }

    /** The same, and what the instance told of now. */
    public Carried and(Collection<SealedFlow> told, long now) {
        Map<List<String>, Row> all = new LinkedHashMap<>();
        rows.forEach(row -> all.put(List.of(row.caller(), row.operation()), row.and(0)));
        for (SealedFlow flow : told) {
            List<String> key = List.of(flow.caller(), flow.operation());
            if (all.containsKey(key) || all.size() < SealedFlow.MOST) {
                Row before = all.getOrDefault(key, new Row(flow.caller(), flow.operation(), 0, 0));
                all.put(key, before.and(flow.messages()));
            }
        }
        return new Carried(now, toldAt == 0 ? 0 : Math.max(0, now - toldAt), new ArrayList<>(all.values()));
    }

    /** Messages a second in the last span; 0 when that is not known. */
    public double perSecond(Row row) {
        return spanMillis == 0 ? 0 : row.latest() * SECOND_MILLIS / spanMillis;
    }

    JsonObject toJson() {
        JsonArray array = new JsonArray();
        rows.forEach(row -> array.add(row.toJson()));
        return new JsonObject().put("at", toldAt).put("span", spanMillis).put("rows", array);
    }

    static Carried fromJson(@Nullable JsonObject json) {
        return json == null
                ? NOTHING
                : new Carried(
                        json.getLong("at"),
                        json.getLong("span"),
                        json.getJsonArray("rows").stream()
                                .map(JsonArray.class::cast)
                                .map(Row::fromJson)
                                .toList());
    }
}

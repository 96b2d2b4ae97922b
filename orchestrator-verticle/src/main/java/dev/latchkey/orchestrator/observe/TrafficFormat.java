// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import dev.latchkey.eventbus.Observation.Flow;
import dev.latchkey.orchestrator.policy.ServicePolicy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.Map;

/** Traffic as JSON, in a fixed order so that two files can be compared. */
final class TrafficFormat {
    private static final int VERSION = 1;
    private static final Comparator<Passage> ORDER = Comparator.comparing(Passage::address)
            .thenComparing(Passage::flow)
            .thenComparing(Passage::service)
            .thenComparing(Passage::toldBy);

    private TrafficFormat() {}

    static JsonObject write(Traffic traffic) {
        JsonArray observations = new JsonArray();
        traffic.messages().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(ORDER))
                .forEach(entry -> observations.add(write(entry.getKey(), entry.getValue())));
        return new JsonObject()
                .put("version", VERSION)
                .put("overflow", traffic.overflow())
                .put("observations", observations);
    }

    private static JsonObject write(Passage passage, long messages) {
        return new JsonObject()
                .put("address", passage.address())
                .put("flow", passage.flow().name())
                .put("service", passage.service())
                .put("toldBy", passage.toldBy())
                .put("messages", messages);
    }

    /** Adds what was written; throws an IllegalArgumentException, of the problem alone, for anything else. */
    static void read(JsonObject json, Traffic traffic) {
        if (number(json, "version") != VERSION) {
            throw new IllegalArgumentException("'version' is not " + VERSION);
        }
        if (!(json.getValue("observations") instanceof JsonArray observations)) {
            throw new IllegalArgumentException("'observations' is no list");
        }
        traffic.addOverflow(number(json, "overflow"));
        observations.forEach(one -> readOne(one, traffic));
    }

    private static void readOne(Object one, Traffic traffic) {
        if (!(one instanceof JsonObject json)) {
            throw new IllegalArgumentException("an observation is no object");
        }
        Passage passage = new Passage(text(json, "address"), flow(json), text(json, "service"), text(json, "toldBy"));
        requireCredible(passage);
        traffic.add(passage, number(json, "messages"));
    }

    /** What no orchestrator would have written was not written by one. */
    private static void requireCredible(Passage passage) {
        ServicePolicy.checkName(passage.toldBy());
        if (!passage.isPlain() && !passage.service().equals(passage.toldBy())) {
            throw new IllegalArgumentException("'service' of an observation is neither empty nor the one in 'toldBy'");
        }
    }

    private static Flow flow(JsonObject json) {
        try {
            return Flow.valueOf(text(json, "flow"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'flow' is neither SENT nor RECEIVED", e);
        }
    }

    private static String text(JsonObject json, String field) {
        if (json.getValue(field) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException("'" + field + "' of an observation is no text");
    }

    private static long number(JsonObject json, String field) {
        boolean whole = json.getValue(field) instanceof Integer || json.getValue(field) instanceof Long;
        if (!whole || json.getLong(field) < 0) {
            throw new IllegalArgumentException("'" + field + "' is no positive whole number");
        }
        return json.getLong(field);
    }
}

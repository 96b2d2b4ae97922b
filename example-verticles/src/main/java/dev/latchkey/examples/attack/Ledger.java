// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.json.JsonObject;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;

/** What a handler got: how often each id of an attack, and how many honest messages, none of them twice. Thread-safe. */
final class Ledger {
    /** Ids of honest traffic: this, and a number that is used once. */
    static final String HONEST = "h-";

    private final Map<String, Integer> others = new TreeMap<>();
    private final BitSet honest = new BitSet();
    private long honestTwice;
    private long headers;

    synchronized void enter(Object body, int headersOfIt) {
        headers += headersOfIt;
        String id = body instanceof JsonObject json ? json.getString("id", "evil-json") : "evil-" + body;
        if (id.startsWith(HONEST)) {
            enterHonest(Integer.parseInt(id.substring(HONEST.length())));
        } else {
            others.merge(id, 1, Integer::sum);
        }
    }

    private void enterHonest(int number) {
        honestTwice += honest.get(number) ? 1 : 0;
        honest.set(number);
    }

    /** The counts, and what this node's bus refused and was alarmed by. */
    synchronized JsonObject status(SecureEventBus bus) {
        JsonObject counts = new JsonObject();
        others.forEach(counts::put);
        return new JsonObject()
                .put("honest", honest.cardinality())
                .put("honestTwice", honestTwice)
                .put("headers", headers)
                .put("others", counts)
                .put("refusals", refusals(bus));
    }

    /** How many of this many messages with an id no handler should have got. */
    static int wrong(String id, int count) {
        if (id.startsWith("twice-")) {
            return Math.max(0, count - 2);
        }
        boolean allowed = id.startsWith("shot-") || id.startsWith("control-");
        return allowed ? count - 1 : count;
    }

    /** Refusals and alarms by name. */
    static JsonObject refusals(SecureEventBus bus) {
        JsonObject refusals = new JsonObject();
        bus.refusals().forEach((reason, count) -> refusals.put(reason.name(), count));
        bus.alarms().forEach((alarm, count) -> refusals.put(alarm.name(), count));
        return refusals;
    }
}

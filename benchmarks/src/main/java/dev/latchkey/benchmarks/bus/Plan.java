// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is measured.
 *
 * @param rounds how often everything is measured, after a round that is not counted
 * @param limit of each measurement
 * @param relayed true when a relay stands between the nodes all the time: quick, and its times mean nothing
 */
record Plan(List<BusMode> modes, List<Kind> kinds, List<Integer> sizes, int rounds, Limit limit, boolean relayed) {
    private static final int MAX_REPEATS = 2;

    /** How often a turn is measured again when others use the machine. */
    int repeats() {
        return relayed ? 0 : MAX_REPEATS;
    }

    List<Traffic> traffics() {
        return kinds.stream()
                .flatMap(kind -> sizes.stream().map(size -> new Traffic(kind, size)))
                .toList();
    }

    /** The modes in which traffic is measured; they begin with another one in each round. */
    List<BusMode> modes(Traffic traffic, int round) {
        List<BusMode> measured =
                modes.stream().filter(mode -> mode.measures(traffic)).toList();
        int first = round % measured.size();
        return Stream.concat(measured.stream().skip(first), measured.stream().limit(first))
                .toList();
    }

    JsonObject toJson() {
        return new JsonObject()
                .put("modes", new JsonArray(modes.stream().map(BusMode::label).toList()))
                .put("kinds", new JsonArray(kinds.stream().map(Kind::label).toList()))
                .put("sizes", new JsonArray(sizes))
                .put("rounds", rounds)
                .put("limit", limit.toJson())
                .put("relayed", relayed);
    }
}

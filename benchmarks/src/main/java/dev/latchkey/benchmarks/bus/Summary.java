// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One traffic in one mode, over all rounds.
 *
 * @param turns at least one, all with the mode
 * @param wireBytes of each message between the nodes, answers included; absent where it was not measured
 */
record Summary(Traffic traffic, BusMode mode, List<Turn> turns, OptionalDouble wireBytes) {

    Spread perSecond() {
        return over(Reading::perSecond);
    }

    Spread cpuNanosPerMessage() {
        return over(Reading::cpuNanosPerMessage);
    }

    Spread allocatedPerMessage() {
        return over(Reading::allocatedPerMessage);
    }

    Spread p50Nanos() {
        return over(Reading::p50Nanos);
    }

    Spread p99Nanos() {
        return over(Reading::p99Nanos);
    }

    Spread foreign() {
        return over(Reading::foreign);
    }

    /** Of the ratios within each round, as what disturbs a round disturbs all of its modes. */
    Spread ratioToPlain() {
        return Spread.of(turns.stream().mapToDouble(turn -> turn.ratioToPlain(mode)));
    }

    boolean hasPlain() {
        return turns.get(0).readings().containsKey(BusMode.PLAIN);
    }

    private Spread over(ToDoubleFunction<Reading> figure) {
        return Spread.of(turns.stream().map(turn -> turn.reading(mode)).mapToDouble(figure));
    }

    JsonObject toJson() {
        JsonArray readings = new JsonArray();
        turns.forEach(turn -> readings.add(turn.reading(mode).toJson().put("repeats", turn.repeats())));
        JsonObject json = traffic.toJson()
                .put("mode", mode.label())
                .put("perSecond", perSecond().toJson())
                .put("cpuNanosPerMessage", cpuNanosPerMessage().toJson())
                .put("allocatedBytesPerMessage", allocatedPerMessage().toJson())
                .put("readings", readings);
        wireBytes.ifPresent(bytes -> json.put("wireBytesPerMessage", bytes));
        return hasPlain() ? json.put("ratioToPlain", ratioToPlain().toJson()) : json;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** A whole run: what is timed, then what is counted on the wire. */
final class BenchRun {
    private final Plan plan;
    private final Pairs pairs;
    private final Consumer<String> say;

    BenchRun(Plan plan, Pairs pairs, Consumer<String> say) {
        this.plan = plan;
        this.pairs = pairs;
        this.say = say;
    }

    List<Summary> run() throws IOException, NodeException {
        say.accept("starting " + plan.modes().size() + " pairs of JVMs");
        Map<Traffic, List<Turn>> turns = new Rounds(plan, pairs.start(plan.modes()), say).run();
        pairs.stop();
        Map<BusMode, Map<Traffic, Double>> wire = wire();
        List<Summary> summaries = new ArrayList<>();
        turns.forEach((traffic, measured) -> plan.modes(traffic, 0)
                .forEach(mode -> summaries.add(new Summary(traffic, mode, measured, bytes(wire, mode, traffic)))));
        return summaries;
    }

    private Map<BusMode, Map<Traffic, Double>> wire() throws IOException, NodeException {
        Map<BusMode, Map<Traffic, Double>> wire = new HashMap<>();
        for (BusMode mode : plan.modes()) {
            say.accept("counting bytes on the wire: " + mode.label());
            wire.put(mode, new WirePass(pairs).count(mode, plan.traffics()));
        }
        return wire;
    }

    private static OptionalDouble bytes(Map<BusMode, Map<Traffic, Double>> wire, BusMode mode, Traffic traffic) {
        Double bytes = wire.getOrDefault(mode, Map.of()).get(traffic);
        return bytes == null ? OptionalDouble.empty() : OptionalDouble.of(bytes);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        return plan.relayed() ? runRelayed() : runApart();
    }

    /** Times pairs that talk to each other directly, then counts in others. */
    private List<Summary> runApart() throws IOException, NodeException {
        Map<BusMode, Pair> direct = pairs.start(plan.modes(), mode -> Dialling.DIRECT);
        Map<Traffic, List<Turn>> turns = new Rounds(plan, direct, say).run();
        pairs.stop();
        Map<BusMode, Map<Traffic, Double>> wire = new EnumMap<>(BusMode.class);
        for (BusMode mode : plan.modes()) {
            try (Relay relay = new Relay();
                    Pair pair = pairs.start(mode, relay)) {
                wire.put(mode, count(mode, pair, relay));
            }
        }
        return summaries(turns, wire);
    }

    private List<Summary> runRelayed() throws IOException, NodeException {
        Map<BusMode, Relay> relays = new EnumMap<>(BusMode.class);
        plan.modes().forEach(mode -> relays.put(mode, new Relay()));
        try {
            return runRelayed(relays);
        } finally {
            pairs.stop();
            relays.values().forEach(Relay::close);
        }
    }

    private List<Summary> runRelayed(Map<BusMode, Relay> relays) throws IOException, NodeException {
        Map<BusMode, Pair> relayed = pairs.start(plan.modes(), mode -> Objects.requireNonNull(relays.get(mode)));
        Map<Traffic, List<Turn>> turns = new Rounds(plan, relayed, say).run();
        Map<BusMode, Map<Traffic, Double>> wire = new EnumMap<>(BusMode.class);
        for (Map.Entry<BusMode, Relay> relay : relays.entrySet()) {
            Pair pair = Objects.requireNonNull(relayed.get(relay.getKey()));
            wire.put(relay.getKey(), count(relay.getKey(), pair, relay.getValue()));
        }
        return summaries(turns, wire);
    }

    private Map<Traffic, Double> count(BusMode mode, Pair pair, Relay relay) throws NodeException {
        say.accept("counting bytes on the wire: " + mode.label());
        return new WirePass(mode, pair, relay).count(plan.traffics());
    }

    private List<Summary> summaries(Map<Traffic, List<Turn>> turns, Map<BusMode, Map<Traffic, Double>> wire) {
        List<Summary> summaries = new ArrayList<>();
        turns.forEach((traffic, measured) -> plan.modes(traffic, 0)
                .forEach(mode -> summaries.add(new Summary(traffic, mode, measured, bytes(wire, mode, traffic)))));
        return summaries;
    }

    private static OptionalDouble bytes(Map<BusMode, Map<Traffic, Double>> wire, BusMode mode, Traffic traffic) {
        Double bytes = wire.getOrDefault(mode, Map.of()).get(traffic);
        return bytes == null ? OptionalDouble.empty() : OptionalDouble.of(bytes);
    }
}

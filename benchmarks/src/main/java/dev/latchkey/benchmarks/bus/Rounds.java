// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Measures round by round; in a round, each traffic in every mode before the next traffic. */
final class Rounds {
    /** Which part of the machine others may use while something is measured. */
    static final double QUIET = 0.1;

    /** How much shorter than a measurement the run before it is that is not counted. */
    private static final int WARM_UP_DIVISOR = 5;

    private final Plan plan;
    private final Map<BusMode, Pair> pairs;
    private final Consumer<String> say;

    Rounds(Plan plan, Map<BusMode, Pair> pairs, Consumer<String> say) {
        this.plan = plan;
        this.pairs = pairs;
        this.say = say;
    }

    /** The turns of each traffic. */
    Map<Traffic, List<Turn>> run() throws IOException, NodeException {
        warmUp();
        Map<Traffic, List<Turn>> turns = new LinkedHashMap<>();
        for (int round = 0; round < plan.rounds(); round++) {
            for (Traffic traffic : plan.traffics()) {
                say.accept("round " + (round + 1) + " of " + plan.rounds() + ": " + traffic);
                turns.computeIfAbsent(traffic, first -> new ArrayList<>()).add(turn(traffic, round));
            }
        }
        return turns;
    }

    /** A round that nobody looks at, so that compilers have seen each traffic in each mode. */
    private void warmUp() throws NodeException {
        for (Traffic traffic : plan.traffics()) {
            say.accept("warming up: " + traffic);
            for (BusMode mode : plan.modes(traffic, 0)) {
                pair(mode).run(traffic, plan.limit());
            }
        }
    }

    /** The quietest of a few attempts; the first one that is quiet enough. */
    private Turn turn(Traffic traffic, int round) throws IOException, NodeException {
        Turn best = attempt(traffic, round, 0);
        for (int repeat = 1; repeat <= plan.repeats() && best.foreign() > QUIET; repeat++) {
            Turn next = attempt(traffic, round, repeat);
            best = next.foreign() < best.foreign() ? next : best;
        }
        return best;
    }

    private Turn attempt(Traffic traffic, int round, int repeats) throws IOException, NodeException {
        Map<BusMode, Reading> readings = new EnumMap<>(BusMode.class);
        for (BusMode mode : plan.modes(traffic, round)) {
            Limit warming = new Limit(
                    plan.limit().messages() / WARM_UP_DIVISOR, plan.limit().nanos() / WARM_UP_DIVISOR);
            pair(mode).run(traffic, warming);
            readings.put(mode, pair(mode).measure(traffic, plan.limit()));
        }
        return new Turn(readings, repeats);
    }

    private Pair pair(BusMode mode) {
        return Objects.requireNonNull(pairs.get(mode), mode.label());
    }
}

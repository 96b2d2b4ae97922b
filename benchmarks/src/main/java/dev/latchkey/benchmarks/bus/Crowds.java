// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One provider with more and more callers, or operations, over the bus. There is a pair of JVMs for each number of them; the pairs live
 * side by side and take turns, as modes do, and each is compared with the first in the same turn.
 */
final class Crowds implements AutoCloseable {
    private static final int BODY = 256;
    private static final int TOGETHER = 100;
    private static final List<Traffic> ALL = List.of(new Traffic(Kind.REQUEST, BODY), new Traffic(Kind.SEND, BODY));

    /** All in turn, which is the hardest there is; then a hundred of them at a time. */
    private static final List<Traffic> TRAFFICS = Stream.concat(
                    ALL.stream(), ALL.stream().map(traffic -> traffic.of(TOGETHER)))
            .toList();

    private static final int WARM_UP_MESSAGES = 200_000;

    /** A token rides along in its caller's first 16 messages. */
    private static final int WARM_UP_EACH = 16;

    private static final Duration PLENTY = Duration.ofSeconds(120);

    private static final double NANOS_PER_MICRO = 1_000;

    private final List<Crowd> crowds = new ArrayList<>();
    private final String counted;
    private final Consumer<String> say;

    private Crowds(String counted, Consumer<String> say) {
        this.counted = counted;
        this.say = say;
    }

    /**
     * Starts those of more and more callers.
     *
     * @param callers how many, the number to compare with first
     */
    static Crowds ofCallers(Pairs pairs, List<Integer> callers, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        Crowds crowds = new Crowds(CrowdSize.CALLERS, say);
        crowds.start(pairs, callers.stream().map(CrowdSize::ofCallers).toList());
        return crowds;
    }

    /**
     * Starts those of more and more operations, which one caller invokes.
     *
     * @param operations how many, the number to compare with first
     */
    static Crowds ofOperations(Pairs pairs, List<Integer> operations, Consumer<String> say)
            throws IOException, GeneralSecurityException, NodeException {
        Crowds crowds = new Crowds(CrowdSize.OPERATIONS, say);
        crowds.start(pairs, operations.stream().map(CrowdSize::ofOperations).toList());
        return crowds;
    }

    private void start(Pairs pairs, List<CrowdSize> sizes) throws IOException, GeneralSecurityException, NodeException {
        try {
            for (CrowdSize size : sizes) {
                say.accept("starting a pair of " + size);
                crowds.add(new Crowd(size, pairs.start(BusMode.SEALED, size)));
            }
        } catch (IOException | GeneralSecurityException | NodeException e) {
            close();
            throw e;
        }
    }

    void measure(int rounds, Limit limit) throws IOException, NodeException {
        warmUp(limit);
        for (int round = 0; round < rounds; round++) {
            for (Traffic traffic : TRAFFICS) {
                say.accept("round " + (round + 1) + " of " + rounds + ": " + traffic);
                measure(traffic, round, limit);
            }
        }
    }

    /** Until each caller is known, and compilers are done. */
    private void warmUp(Limit limit) throws NodeException {
        for (Crowd crowd : crowds) {
            for (Traffic traffic : ALL) {
                say.accept("warming up: " + traffic + ", " + crowd.size());
                crowd.warmUp(traffic, warmUp(crowd, limit));
            }
        }
    }

    private static Limit warmUp(Crowd crowd, Limit limit) {
        long compiled = Math.min(WARM_UP_MESSAGES, limit.messages());
        return Limit.of(Math.max(compiled, WARM_UP_EACH * crowd.size().callers()), PLENTY);
    }

    private void measure(Traffic traffic, int round, Limit limit) throws IOException, NodeException {
        for (int turn = 0; turn < crowds.size(); turn++) {
            crowds.get((turn + round) % crowds.size()).measure(traffic, limit);
        }
    }

    List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-8s %10s %9s %11s %-23s %8s %12s",
                "traffic",
                counted,
                "together",
                "messages/s",
                "ratio to the first",
                "CPU us",
                "provider's"));
        TRAFFICS.forEach(traffic -> crowds.forEach(crowd -> lines.add(line(traffic, crowd))));
        return lines;
    }

    private String line(Traffic traffic, Crowd crowd) {
        Spread ratio = crowd.ratio(traffic, crowds.get(0), Reading::perSecond);
        return String.format(
                Locale.ROOT,
                "%-8s %10d %9s %11.0f %-23s %8.2f %12.2f",
                traffic.kind().label(),
                crowd.size().number(),
                traffic.together() == 0 ? "all" : traffic.together(),
                crowd.over(traffic, Reading::perSecond).median(),
                String.format(Locale.ROOT, "%.2f [%.2f..%.2f]", ratio.median(), ratio.min(), ratio.max()),
                crowd.over(traffic, Reading::cpuNanosPerMessage).median() / NANOS_PER_MICRO,
                crowd.over(traffic, Reading::serverCpuNanosPerMessage).median() / NANOS_PER_MICRO);
    }

    JsonArray toJson() {
        JsonArray told = new JsonArray();
        TRAFFICS.forEach(traffic -> crowds.forEach(crowd -> told.add(crowd.toJson(traffic, crowds.get(0)))));
        return told;
    }

    @Override
    public void close() {
        crowds.forEach(Crowd::close);
    }
}

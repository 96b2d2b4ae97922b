// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.Patience;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the bytes that a message takes between the nodes, at the sockets, apart from what is timed. A node dials the other one for
 * what it says, so what the sender dials carries the messages, and what the receiver dials their answers; of messages that nobody
 * answers, only the former is counted, since the latter carries the benchmark's own counts.
 */
final class WirePass {
    /** A token rides along in every 256th message: multiples of that are counted. */
    private static final int SMALL_MESSAGES = 2048;

    private static final int LARGE_MESSAGES = 256;
    private static final int LARGE = 8192;
    private static final Duration PLENTY = Duration.ofSeconds(60);

    /** Longer than a fresh token rides along in every message. */
    private static final long SETTLING_SECONDS = 2;

    private final BusMode mode;
    private final Pair pair;
    private final Relay relay;

    /** A pass over nodes that are dialled through a relay. */
    WirePass(BusMode mode, Pair pair, Relay relay) {
        this.mode = mode;
        this.pair = pair;
        this.relay = relay;
    }

    /** Bytes for each message, answer included, of the traffics that go between nodes. */
    Map<Traffic, Double> count(List<Traffic> traffics) throws NodeException {
        List<Traffic> far =
                traffics.stream().filter(traffic -> !traffic.kind().isLocal()).toList();
        Map<Traffic, Double> counted = new LinkedHashMap<>();
        settle(far);
        for (Traffic traffic : far) {
            counted.put(traffic, count(traffic));
        }
        return counted;
    }

    /** All of them, and again, until tokens are old enough to stay at home; so each operation's token has gone often enough too. */
    private void settle(List<Traffic> traffics) throws NodeException {
        Patience patience = new Patience(SETTLING_SECONDS);
        do {
            for (Traffic traffic : traffics) {
                pair.run(traffic, Limit.of(traffic.window(), PLENTY));
            }
        } while (mode.isSealed() && patience.waits());
    }

    private double count(Traffic traffic) throws NodeException {
        long before = bytes(traffic);
        int messages = traffic.size() < LARGE ? SMALL_MESSAGES : LARGE_MESSAGES;
        long sent = pair.run(traffic, Limit.of(messages, PLENTY)).getLong("messages");
        return (double) (bytes(traffic) - before) / sent;
    }

    private long bytes(Traffic traffic) {
        long messages = relay.bytesTo(BenchNode.SERVER);
        return traffic.kind().isAnswered() ? messages + relay.bytesTo(BenchNode.CLIENT) : messages;
    }
}

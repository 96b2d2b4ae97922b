// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A kind of traffic. Addresses are those of the policy. */
enum Kind {
    /** From one node to the other, as fast as the receiver takes it. */
    SEND("bench.send"),
    /** Answered by the other node with a message of the same size, 64 under way. */
    REQUEST("bench.request"),
    /** From one node to two consumers on each of the two. */
    PUBLISH("bench.publish"),
    /** As a request, one under way. */
    LATENCY("bench.request"),
    /** As send, to a consumer of the same JVM. */
    LOCAL_SEND("bench.local.send"),
    /** As request, of a consumer of the same JVM. */
    LOCAL_REQUEST("bench.local.request");

    private static final int MANY = 64;

    private final String address;

    Kind(String address) {
        this.address = address;
    }

    String address() {
        return address;
    }

    boolean isLocal() {
        return this == LOCAL_SEND || this == LOCAL_REQUEST;
    }

    boolean isAnswered() {
        return this == REQUEST || this == LATENCY || this == LOCAL_REQUEST;
    }

    /** Requests that are under way at one moment. */
    int inFlight() {
        return this == LATENCY ? 1 : MANY;
    }

    /** Consumers on each node that has any. */
    int consumers() {
        return this == PUBLISH ? 2 : 1;
    }

    /** The name in options, settings and reports. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Kind named(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "--kinds: '" + label + "' is no kind; use some of " + String.join(",", labels())));
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Kind::label).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.benchmarks.Turns;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where each kind of traffic goes: to one address, or to one of each operation in turn. */
final class Addresses {
    private final Map<Kind, String[]> all = new EnumMap<>(Kind.class);
    private final int operations;
    private Turns turns;

    /**
     * Addresses of the policy.
     *
     * @param operations 0 for those of {@link Kind}; else how many of {@link OperationsPolicy}
     */
    Addresses(int operations) {
        this.operations = operations;
        this.turns = turns(0);
        if (operations == 0) {
            Stream.of(Kind.values()).forEach(kind -> all.put(kind, new String[] {kind.address()}));
        } else {
            OperationsPolicy.KINDS.forEach(kind -> all.put(kind, ofEach(kind, operations)));
        }
    }

    private static String[] ofEach(Kind kind, int operations) {
        return IntStream.range(0, operations)
                .mapToObj(operation -> OperationsPolicy.address(kind, operation))
                .toArray(String[]::new);
    }

    /** All of a kind; none where the policy has none. */
    List<String> of(Kind kind) {
        return List.of(addresses(kind));
    }

    /** As {@link NodeBus#takeTurns}. */
    void takeTurns(int together) {
        turns = turns(together);
    }

    private Turns turns(int together) {
        return new Turns(Math.max(1, operations), together);
    }

    /** Where the next message goes. On one thread. */
    String next(Kind kind) {
        return addresses(kind)[turns.next()];
    }

    private String[] addresses(Kind kind) {
        return all.getOrDefault(kind, new String[0]);
    }
}

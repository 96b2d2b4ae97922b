// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where a node runs.
 *
 * @param host the address that it binds, and is dialled at
 * @param launcher what starts a program there
 */
record Place(String host, List<String> launcher) {
    /** This machine's own network. */
    static final Place LOOPBACK = new Place("127.0.0.1", List.of());

    /** What an orchestrator does is soon done, so its JVM need not compile as hard as it can, which costs more than all that follows. */
    private static final List<String> LIGHT = List.of("env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1");

    /** The same for an orchestrator. */
    static final Place LIGHT_LOOPBACK = new Place(LOOPBACK.host(), LIGHT);

    /**
     * The same place for an orchestrator that starts while others are measured. A JVM takes all processors for seconds as it starts, which
     * on a cluster would be another machine's; so it stands back.
     */
    Place standingBack() {
        return new Place(
                host,
                Stream.of(List.of("nice", "-n", "5"), LIGHT, launcher)
                        .flatMap(List::stream)
                        .toList());
    }
}

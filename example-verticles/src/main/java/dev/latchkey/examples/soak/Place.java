// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.List;

/**
 * Where a node runs.
 *
 * @param host the address that it binds, and is dialled at
 * @param launcher what starts a program there
 */
record Place(String host, List<String> launcher) {
    /** This machine's own network. */
    static final Place LOOPBACK = new Place("127.0.0.1", List.of());

    /**
     * The same, for a node that starts while others are measured. A JVM takes all processors for seconds as it starts, which on a cluster
     * would be another machine's; so it stands back, and compiles no more than it must.
     */
    static final Place STANDING_BACK = new Place(
            LOOPBACK.host(), List.of("nice", "-n", "15", "env", "JAVA_TOOL_OPTIONS=-XX:TieredStopAtLevel=1"));
}

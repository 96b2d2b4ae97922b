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
}

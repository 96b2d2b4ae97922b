// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import dev.latchkey.examples.node.NodeException;
import java.io.IOException;

/**
 * Something that is done to a run.
 *
 * @param second when, from the beginning of the load
 * @param what for people
 * @param action does it
 */
record Fault(long second, String what, Action action) {

    /** Does something to a cluster. */
    interface Action {
        void on(SoakCluster cluster) throws IOException, NodeException;
    }
}

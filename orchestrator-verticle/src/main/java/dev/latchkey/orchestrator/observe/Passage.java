// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.observe;

import dev.latchkey.eventbus.Observation.Flow;

/**
 * One way that plaintext goes, whose messages are counted together.
 *
 * @param address where messages go
 * @param flow whether they were sent or received
 * @param service the service that did; empty for code that used the plain bus
 * @param toldBy the service whose instance told of it: the same one, or the one in whose JVM such code runs
 */
public record Passage(String address, Flow flow, String service, String toldBy) {

    /** True for code that used the plain bus. */
    public boolean isPlain() {
        return service.isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.AddressPattern;
import dev.latchkey.eventbus.policy.Modes;
import dev.latchkey.eventbus.policy.Operation;
import dev.latchkey.eventbus.policy.ReplayScope;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * An operation as far as it could be read.
 *
 * @param name its key, perhaps a malformed one
 * @param where its entry in the file
 * @param addresses the well-formed ones, of the failover too, and where they are
 * @param modes its own or the default
 * @param replay its own or the default
 * @param failover the well-formed ones
 * @param idempotent whether a request may run twice
 * @param tokenLifetime its own or the default
 * @param rotationInterval its own or the default
 * @param outageGrace its own or the default
 */
record OperationDraft(
        String name,
        Located where,
        Map<AddressPattern, Located> addresses,
        Modes modes,
        ReplayScope replay,
        List<String> failover,
        boolean idempotent,
        Duration tokenLifetime,
        Duration rotationInterval,
        Duration outageGrace) {

    /** What the draft says; to be called only for a file without problems. */
    OperationPolicy policy() {
        Operation operation = new Operation(name, List.copyOf(addresses.keySet()), modes, replay, idempotent);
        return new OperationPolicy(operation, tokenLifetime, rotationInterval, failover, outageGrace);
    }
}

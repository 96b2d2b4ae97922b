// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.AddressPattern;
import java.util.List;

/**
 * What may become an operation.
 *
 * @param pattern one address, or a pattern for several
 * @param uses what was observed there
 */
record Candidate(AddressPattern pattern, List<Use> uses) {

    /** A candidate of one address. */
    static Candidate of(Use use) {
        return new Candidate(AddressPattern.parse(use.address()), List.of(use));
    }
}

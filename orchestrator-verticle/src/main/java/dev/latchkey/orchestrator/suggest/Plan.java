// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.policy.PolicyOutline;
import java.util.List;
import java.util.Map;

/**
 * A suggested policy and what it rests on.
 *
 * @param policy the policy
 * @param mode of the operations that were added
 * @param observed everything
 * @param evidence uses by the operation that their addresses belong to
 * @param leftOut names and candidates of what is no operation, since nobody is known to provide or to invoke it
 * @param warnings what somebody has to see to, one line each
 */
record Plan(
        PolicyOutline policy,
        Mode mode,
        List<Use> observed,
        Map<String, List<Use>> evidence,
        Map<String, Candidate> leftOut,
        List<String> warnings) {

    /** What was observed at an operation's addresses. */
    List<Use> evidenceOf(String operation) {
        return evidence.getOrDefault(operation, List.of());
    }
}

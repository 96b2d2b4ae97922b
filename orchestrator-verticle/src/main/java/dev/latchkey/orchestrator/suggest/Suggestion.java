// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.Mode;
import dev.latchkey.orchestrator.observe.Traffic;
import dev.latchkey.orchestrator.policy.PolicyOutline;
import java.util.List;

/**
 * A policy that allows what was observed.
 *
 * @param text the policy as a file, complete and valid
 * @param operations how many it has
 * @param services how many it has
 * @param warnings what somebody has to see to, one line each; they are comments in the text too
 */
public record Suggestion(String text, int operations, int services, List<String> warnings) {

    /**
     * Adds to a policy what was observed and what it does not allow yet. The same input gives the same text.
     *
     * @param base the policy to build upon; its comments are not kept
     * @param traffic what was observed
     * @param mode of the operations that are added
     * @throws IllegalArgumentException if nothing was observed; its message is {@code <problem>; <fix>}
     */
    public static Suggestion of(PolicyOutline base, Traffic traffic, Mode mode) {
        Plan plan = Planner.plan(base, traffic, mode);
        return new Suggestion(
                PolicyWriter.write(plan),
                plan.policy().operations().size(),
                plan.policy().services().size(),
                plan.warnings());
    }
}

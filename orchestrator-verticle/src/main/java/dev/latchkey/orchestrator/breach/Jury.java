// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

import dev.latchkey.orchestrator.policy.BreachPolicy;
import dev.latchkey.orchestrator.state.Offences;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Judges violations by policy.
 *
 * <p>What an orchestrator saw itself counts alone. What is told of at an operation can have been made up by any of its providers: each
 * holds the callers' keys, so it can say that it saw a message, or send one to an honest provider that then says so. So operations count,
 * not tellers, and of them only such as have no provider in common: for each of these, another service would have to lie.
 */
final class Jury {
    private final BreachPolicy policy;
    private final Function<String, Set<String>> providers;

    /**
     * A jury.
     *
     * @param providers the services that may provide an operation
     */
    Jury(BreachPolicy policy, Function<String, Set<String>> providers) {
        this.policy = policy;
        this.providers = providers;
    }

    Verdict judge(Offences offences) {
        Set<String> operations = offences.operationsWith(policy.count());
        if (offences.at("") >= policy.count() || liarsNeeded(operations) >= policy.reporters()) {
            return Verdict.BREACH;
        }
        return operations.isEmpty() ? Verdict.NONE : Verdict.ACCUSED;
    }

    /**
     * How many services would have to lie, at least. Operations of few providers are taken first; another choice may find more that have
     * none in common, never does this one find too many.
     */
    private int liarsNeeded(Set<String> operations) {
        Set<String> taken = new HashSet<>();
        int needed = 0;
        for (Set<String> services : fewestFirst(operations)) {
            if (!services.isEmpty() && services.stream().noneMatch(taken::contains)) {
                taken.addAll(services);
                needed++;
            }
        }
        return needed;
    }

    private List<Set<String>> fewestFirst(Set<String> operations) {
        return operations.stream()
                .map(providers)
                .sorted(Comparator.comparingInt(Set::size))
                .toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.orchestrator.notice.Noticed;
import java.util.HashSet;
import java.util.Set;

/**
 * Raises an alarm for what is suspicious twice in a row, once for as long as it stays so. Whoever joins registers before it
 * consumes, and whoever leaves stops consuming first, but the cluster's maps do not follow at once.
 */
final class Suspicions {
    private final Noticed noticed;
    private Set<Suspicion> before = Set.of();
    private Set<Suspicion> raised = Set.of();

    Suspicions(Noticed noticed) {
        this.noticed = noticed;
    }

    /** All that is suspicious now. */
    void judge(Set<Suspicion> now) {
        Set<Suspicion> stay = new HashSet<>(raised);
        stay.retainAll(now);
        for (Suspicion suspicion : now) {
            if (before.contains(suspicion) && stay.add(suspicion)) {
                noticed.raise(suspicion.alarm(), suspicion.detail());
            }
        }
        raised = Set.copyOf(stay);
        before = Set.copyOf(now);
    }

    /** True when the alarm was raised, and it has been suspicious ever since. */
    boolean isRaised(Suspicion suspicion) {
        return raised.contains(suspicion);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.Bound;
import dev.latchkey.orchestrator.notice.Noticed;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases that one orchestrator wrote, found or ended, until they are over, by which it notices older records that somebody put back.
 * Bounded: the one written longest ago is forgotten first. Thread-safe.
 */
final class LeaseMemory {
    static final int MAX = 100_000;

    private final Map<String, Mark> marks = new LinkedHashMap<>();
    private final int most;
    private final Noticed noticed;

    /**
     * What was done last.
     *
     * @param lease as it was written or found, or as it was when it was ended
     * @param ended true when nothing may be found any more
     */
    record Mark(Lease lease, boolean ended) {}

    LeaseMemory(int most, Noticed noticed) {
        this.most = most;
        this.noticed = noticed;
    }

    /** What was done last, or null. */
    synchronized @Nullable Mark of(String instance) {
        return marks.get(instance);
    }

    /** A lease was written. */
    synchronized void wrote(String instance, Lease lease, long now) {
        marks.remove(instance);
        marks.put(instance, new Mark(lease, false));
        forget(now);
    }

    /** A lease was found, which may be another orchestrator's. */
    synchronized void saw(String instance, Lease lease, long now) {
        Mark known = marks.get(instance);
        if (known == null || (!known.ended() && known.lease().expiresAt() < lease.expiresAt())) {
            wrote(instance, lease, now);
        }
    }

    /** A lease was ended, and must not be found again. */
    synchronized void ended(String instance) {
        marks.computeIfPresent(instance, (name, mark) -> new Mark(mark.lease(), true));
    }

    /** The oldest go first: those that are over, and one that is not when there are too many. */
    private void forget(long now) {
        Iterator<Mark> oldest = marks.values().iterator();
        while (oldest.hasNext() && oldest.next().lease().isOver(now)) {
            oldest.remove();
        }
        if (marks.size() > most) {
            marks.remove(marks.keySet().iterator().next());
            noticed.hit(Bound.LEASES_REMEMBERED);
        }
    }

    /** Those that live. */
    synchronized List<Lease> living(long now) {
        List<Lease> living = new ArrayList<>();
        marks.values().forEach(mark -> {
            if (!mark.ended() && !mark.lease().isOver(now)) {
                living.add(mark.lease());
            }
        });
        return living;
    }
}

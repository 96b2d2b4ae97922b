// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.count.EnumCounts;
import java.util.concurrent.atomic.LongAdder;

/** What one orchestrator counted of violations. Thread-safe. */
public final class BreachCounts {
    private final EnumCounts<ViolationKind> violations = new EnumCounts<>(ViolationKind.class);
    private final LongAdder quarantines = new LongAdder();

    void violation(ViolationKind kind) {
        violations.add(kind);
    }

    void quarantine() {
        quarantines.increment();
    }

    /** Different violations of one kind. */
    public long of(ViolationKind kind) {
        return violations.of(kind);
    }

    /** Instances and credentials that it quarantined. */
    public long quarantines() {
        return quarantines.sum();
    }
}

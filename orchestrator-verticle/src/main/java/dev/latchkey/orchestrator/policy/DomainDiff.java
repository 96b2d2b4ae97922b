// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import dev.latchkey.eventbus.policy.Mode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What would change for everybody. */
final class DomainDiff {
    private final Policy before;
    private final Policy after;
    private final Change change;

    DomainDiff(Policy before, Policy after) {
        this.before = before;
        this.after = after;
        this.change = new Change("everybody", everybody(before, after));
    }

    List<PolicyChange> changes() {
        trustDomain();
        change.compare(
                TimeSetting.LEASE_DURATION,
                before.leaseDuration(),
                after.leaseDuration(),
                "how long an instance stays registered without renewing");
        unlisted();
        breach(before.breach(), after.breach());
        return change.changes();
    }

    private static Set<String> everybody(Policy before, Policy after) {
        Set<String> all = new TreeSet<>(before.services().keySet());
        all.addAll(after.services().keySet());
        return all;
    }

    private void trustDomain() {
        if (!before.trustDomain().equals(after.trustDomain())) {
            change.add(
                    PolicyEffect.CHANGES,
                    Change.arrow("trustDomain", before.trustDomain(), after.trustDomain())
                            + ": nobody's credential, token or trust bundle is honoured any more; new ones are needed");
        }
    }

    private void unlisted() {
        if (before.unlisted() != after.unlisted()) {
            change.add(
                    PolicyEffect.CHANGES,
                    Change.arrow(ModeSetting.UNLISTED.key(), before.unlisted(), after.unlisted())
                            + (after.unlisted() == Mode.OBSERVE
                                    ? ": messages to addresses of no operation are counted"
                                    : ": messages to addresses of no operation are not counted any more"));
        }
    }

    /** A threshold that is harder to reach lets more pass. */
    private void breach(BreachPolicy old, BreachPolicy next) {
        number("breach.count", old.count(), next.count());
        number("breach.reporters", old.reporters(), next.reporters());
        change.compare("breach.window", Change.text(old.window()), Change.text(next.window()));
        change.compare("breach.quarantineFor", Change.text(old.quarantineFor()), Change.text(next.quarantineFor()));
        if (old.action() != next.action()) {
            change.add(
                    PolicyEffect.of(next.action() == BreachAction.ALARM),
                    Change.arrow("breach.action", old.action(), next.action()));
        }
    }

    private void number(String key, int old, int next) {
        if (old != next) {
            change.add(PolicyEffect.of(next > old), Change.arrow(key, old, next));
        }
    }
}

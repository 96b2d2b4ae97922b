// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What would change about each operation, for the services that have to do with it. */
final class OperationsDiff {
    private final Policy before;
    private final Policy after;

    OperationsDiff(Policy before, Policy after) {
        this.before = before;
        this.after = after;
    }

    List<PolicyChange> changes() {
        List<PolicyChange> all = new ArrayList<>();
        after.operations().values().forEach(operation -> all.addAll(kept(operation)));
        before.operations().values().stream()
                .filter(operation -> !after.operations().containsKey(operation.name()))
                .forEach(operation -> all.addAll(removed(operation)));
        return all;
    }

    private List<PolicyChange> kept(OperationPolicy next) {
        Change change = change(next.name());
        OperationPolicy old = before.operations().get(next.name());
        if (old == null) {
            change.add(PolicyEffect.CHANGES, "is new");
        } else {
            settings(change, old, next);
        }
        new AddressesDiff(before, after, next.name(), change).compare();
        return change.changes();
    }

    private List<PolicyChange> removed(OperationPolicy old) {
        Change change = change(old.name());
        change.add(PolicyEffect.TIGHTENS, "is removed: nobody gets tokens or keys for it any more");
        new AddressesDiff(before, after, old.name(), change).compare();
        return change.changes();
    }

    private static void settings(Change change, OperationPolicy old, OperationPolicy next) {
        change.compare(
                TimeSetting.TOKEN_LIFETIME,
                old.tokenLifetime(),
                next.tokenLifetime(),
                "how long callers go on without an orchestrator, and a lost revocation stays unnoticed");
        change.compare(
                TimeSetting.ROTATION_INTERVAL,
                old.rotationInterval(),
                next.rotationInterval(),
                "how much one leaked provider key opens");
        change.compare(
                TimeSetting.OUTAGE_GRACE,
                old.outageGrace(),
                next.outageGrace(),
                "how long tokens go on past their end while no orchestrator is reached");
        change.compare(FailoverReader.KEY, old.failover(), next.failover());
        change.compare(
                FlagSetting.IDEMPOTENT,
                old.operation().idempotent(),
                next.operation().idempotent());
        replay(change, old, next);
    }

    /** In the order of what it takes to replay a message. */
    private static void replay(Change change, OperationPolicy old, OperationPolicy next) {
        int stricter = next.operation().replay().compareTo(old.operation().replay());
        if (stricter != 0) {
            change.add(
                    PolicyEffect.of(stricter < 0),
                    Change.arrow(
                            ReplaySetting.KEY,
                            old.operation().replay(),
                            next.operation().replay()));
        }
    }

    private Change change(String operation) {
        Set<String> services = new TreeSet<>(Parties.of(before, operation));
        services.addAll(Parties.of(after, operation));
        return new Change("operation " + operation, services);
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Collects the changes of one party: a service, an operation, or everybody. */
final class Change {
    private final String about;
    private final Set<String> services;
    private final List<PolicyChange> changes = new ArrayList<>();

    Change(String about, Set<String> services) {
        this.about = about;
        this.services = services;
    }

    void add(PolicyEffect effect, String text) {
        changes.add(new PolicyChange(about, effect, text, services));
    }

    /** A setting that neither permits nor forbids anything. */
    void compare(String key, Object before, Object after) {
        if (!before.equals(after)) {
            add(PolicyEffect.CHANGES, arrow(key, before, after));
        }
    }

    /** A time, which permits more the longer it is. */
    void compare(TimeSetting setting, Duration before, Duration after, String meaning) {
        if (!before.equals(after)) {
            add(
                    PolicyEffect.of(after.compareTo(before) > 0),
                    arrow(setting.key(), text(before), text(after)) + ": " + meaning);
        }
    }

    static String text(Duration time) {
        return time.isZero() ? "0s" : Durations.format(time);
    }

    static String arrow(String key, Object before, Object after) {
        return key + " " + before + " -> " + after;
    }

    List<PolicyChange> changes() {
        return changes;
    }
}

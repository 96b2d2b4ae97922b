// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

import java.util.Locale;

/** Which way a change of policy goes. */
public enum PolicyEffect {
    /** Somebody may do more, or something lasts longer: worth a second look. */
    LOOSENS,
    /** Somebody may do less, so what works today may stop. */
    TIGHTENS,
    /** Neither. */
    CHANGES;

    /** In lower case, as JSON and people have it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static PolicyEffect of(boolean loosens) {
        return loosens ? LOOSENS : TIGHTENS;
    }
}

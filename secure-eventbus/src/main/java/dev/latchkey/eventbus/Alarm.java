// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * What Latchkey noticed that it cannot prevent. It refused nothing by it and lost nothing that it knows of; somebody in the
 * cluster misbehaves, or a part of it is cut off.
 */
public enum Alarm {
    /** Something was published as an orchestrator's notice that no orchestrator signed. */
    FORGED_NOTICE("a notice was forged"),
    /** A notice did not arrive; what it said was learned later, from another one or at a renewal. */
    MISSED_NOTICE("a notice was missed"),
    /** An answer of an orchestrator told an older state than this JVM knows: its records were put back, or it is cut off. */
    OLD_STATE("an orchestrator told an old state");

    private final String text;

    Alarm(String text) {
        this.text = text;
    }

    /** One line for people. */
    public String text() {
        return text;
    }
}

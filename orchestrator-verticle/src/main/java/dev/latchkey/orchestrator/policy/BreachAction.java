// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.policy;

/** What orchestrators do when violations pass the threshold. */
public enum BreachAction {
    /** They raise an alarm. */
    ALARM("alarm"),
    /** They raise an alarm, revoke the instance, and bar what it registered with. */
    QUARANTINE("quarantine");

    private final String text;

    BreachAction(String text) {
        this.text = text;
    }

    /** As a policy file writes it. */
    @Override
    public String toString() {
        return text;
    }
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

/**
 * Whose violations are counted together.
 *
 * @param instance its name; empty for the bearers of a credential, none of whom is registered
 * @param bearer who bears the credential, as {@link dev.latchkey.orchestrator.credential.Identity#bearerId} says; empty when not known
 * @param service its service
 */
record Party(String instance, String bearer, String service) {
    private static final String OF_BEARER = "bearer.";

    /** What its violations are kept under. */
    String key() {
        return instance.isEmpty() ? OF_BEARER + bearer : instance;
    }

    /** For people. */
    @Override
    public String toString() {
        String who = instance.isEmpty() ? "bearer " + bearer : "instance " + instance + " (bearer " + bearer + ")";
        return who + " of service " + service;
    }
}

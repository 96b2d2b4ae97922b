// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.breach;

import io.vertx.core.Future;

/** Carries out a quarantine. */
public interface Sentence {
    /**
     * Revokes an instance and bars who bears its credential.
     *
     * @param instance its name; empty to bar only
     * @param bearer whom to bar; empty when not known
     * @return false when too many are quarantined already, or this one is
     */
    Future<Boolean> quarantine(String instance, String bearer);
}

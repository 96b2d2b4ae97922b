// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.contract;

/** The buses that must not be told apart. */
enum BusKind {
    PLAIN_LOCAL(false, false),
    SECURED_LOCAL(true, false),
    PLAIN_CLUSTERED(false, true),
    SECURED_CLUSTERED(true, true);

    final boolean secured;
    final boolean clustered;

    BusKind(boolean secured, boolean clustered) {
        this.secured = secured;
        this.clustered = clustered;
    }
}

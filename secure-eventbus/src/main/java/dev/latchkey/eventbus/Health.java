// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/** How an instance stands with its orchestrators. */
public enum Health {
    /** The last renewal succeeded. */
    HEALTHY,
    /**
     * The last renewal failed. What the instance holds is still good; it goes on with it, and tries again. That is so, too, while a token
     * has ended and policy gives it a grace, for as long as no orchestrator is reached.
     */
    DEGRADED,
    /** A token has ended, or the lease of an instance that has none: what it sends under it is refused, until a renewal succeeds. */
    EXPIRED
}

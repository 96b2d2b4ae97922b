// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

/** What an instance may ask of an orchestrator. */
public enum RegistrationKind {
    /** A new lease. */
    REGISTER,
    /** More time for a lease, and fresh tokens and keys. */
    RENEW,
    /** The end of a lease. */
    LEAVE,
    /** Nothing: it tells of violations. */
    REPORT
}

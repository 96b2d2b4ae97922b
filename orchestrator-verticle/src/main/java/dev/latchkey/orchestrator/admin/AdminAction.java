// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

/**
 * One step of something that changes state, for the audit. It holds no secret: neither token nor body.
 *
 * @param subject who asked for it: the {@code sub} of the token
 * @param role the role that the token gave
 * @param action such as {@code rotate}, {@code revoke-instance}, {@code revoke-service}, {@code lift-quarantine}, {@code reload-policy}
 * @param target what it is done to: an operation, an instance, a service, a name in quarantine; {@code *} for all
 * @param outcome how far it went
 */
public record AdminAction(String subject, Role role, String action, String target, Outcome outcome) {

    /** How far an action went. */
    public enum Outcome {
        /** It is about to be done. */
        BEGUN,
        /** It was done. */
        DONE,
        /** It was begun and failed; it may have been done in part, and may be done again. */
        FAILED,
        /** The role does not suffice, so nothing was done. */
        REFUSED
    }

    AdminAction with(Outcome next) {
        return new AdminAction(subject, role, action, target, next);
    }
}

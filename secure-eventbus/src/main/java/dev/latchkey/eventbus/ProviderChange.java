// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/**
 * A change of the directory.
 *
 * @param kind what happened
 * @param provider as it is now, or as it was last
 */
public record ProviderChange(Kind kind, Provider provider) {
    /** What can happen to a provider. A lease that was renewed is none of it. */
    public enum Kind {
        /** It is there: since now, or since before somebody began to listen. */
        JOINED,
        /** It left, its lease ended, or it was revoked. */
        LEFT
    }
}

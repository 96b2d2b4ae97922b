// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

/**
 * Sealed messages that an instance took since it last told: for an operator to see who calls whom. It is the word of the instance that
 * took them; nothing is decided by it.
 *
 * @param caller the service that sent them, by its tokens
 * @param operation the operation that they were for
 * @param messages how many
 */
public record SealedFlow(String caller, String operation, long messages) {
    /** The most that an instance tells of at once. */
    public static final int MOST = 16;
}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.ViolationKind;
import dev.latchkey.eventbus.token.TokenId;

/**
 * A message that a provider says it received, and that no honest instance sends. What it says is worth no more than the word of
 * all that can derive the token's keys: any provider of the operation can make such a message, or say that it saw one.
 *
 * @param kind what is wrong with the message
 * @param operation the operation of the token under whose keys it opened
 * @param token that token, which names the instance
 * @param sequence the message's number under the token; with the token it names the message
 */
public record Violation(ViolationKind kind, String operation, TokenId token, long sequence) {
    /** As many as one report may tell of. */
    public static final int MAX_TOLD = 64;

    private static final int MAX_OPERATION = 63;

    /** Refuses what no provider can have seen. */
    public Violation {
        if (!kind.isSeenByProviders() || operation.isEmpty() || operation.length() > MAX_OPERATION || sequence < 0) {
            throw new IllegalArgumentException("that is no violation that a provider sees");
        }
    }
}

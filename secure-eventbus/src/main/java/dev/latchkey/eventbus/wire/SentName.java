// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import dev.latchkey.eventbus.token.TokenId;

/**
 * Names one request that was sealed.
 *
 * @param token the token that it names
 * @param sequence its number under that token
 */
public record SentName(TokenId token, long sequence) {}

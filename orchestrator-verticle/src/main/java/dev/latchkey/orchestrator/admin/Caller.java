// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import java.time.Instant;

/**
 * Who calls, as a token proved it.
 *
 * @param subject the token's {@code sub}
 * @param role the highest role that it names
 * @param end when the token ends
 */
record Caller(String subject, Role role, Instant end) {}

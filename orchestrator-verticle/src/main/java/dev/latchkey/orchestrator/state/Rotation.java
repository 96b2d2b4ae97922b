// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import java.time.Instant;

/**
 * A provider key that became active in place of another.
 *
 * @param operation whose
 * @param epoch its number
 * @param at from when on
 */
public record Rotation(String operation, long epoch, Instant at) {}

// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.watch;

import dev.latchkey.eventbus.Alarm;

/**
 * What does not fit at this moment. It may be a join or a leave that is under way.
 *
 * @param alarm what it would be
 * @param detail where
 */
record Suspicion(Alarm alarm, String detail) {}

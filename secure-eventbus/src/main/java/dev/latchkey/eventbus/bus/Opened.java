// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.wire.Content;

/**
 * A message that passed every check.
 *
 * @param content what it said
 * @param session the session that it came in under, and that answers go out under
 */
record Opened(Content content, Session session) {}

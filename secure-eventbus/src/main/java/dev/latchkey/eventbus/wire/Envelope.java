// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.wire;

import org.jspecify.annotations.Nullable;

/**
 * What Vert.x writes around a body in the clear, and a sealed message is therefore bound to.
 *
 * @param address where the message goes
 * @param replyAddress where its answer goes, or null
 * @param send true for a send, false for a publish
 */
public record Envelope(String address, @Nullable String replyAddress, boolean send) {}

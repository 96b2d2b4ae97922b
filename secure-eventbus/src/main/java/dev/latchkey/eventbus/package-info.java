// SPDX-License-Identifier: Apache-2.0
/**
 * A zero-trust event bus for clustered Vert.x.
 *
 * <p>Start with {@link dev.latchkey.eventbus.SecureEventBus#join} or, shorter still, extend {@link
 * dev.latchkey.eventbus.SecureVerticle}.
 */
@NullMarked
package dev.latchkey.eventbus;

import org.jspecify.annotations.NullMarked;

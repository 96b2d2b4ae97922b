// SPDX-License-Identifier: Apache-2.0
/**
 * What policy says about addresses: which event-bus address belongs to which operation.
 *
 * <p>Everything here is an immutable value that parses or refuses; nothing here knows of keys, tokens or the bus.
 */
@NullMarked
package dev.latchkey.eventbus.policy;

import org.jspecify.annotations.NullMarked;

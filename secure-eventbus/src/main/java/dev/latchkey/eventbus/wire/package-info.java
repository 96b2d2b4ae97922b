// SPDX-License-Identifier: Apache-2.0
/** The bytes of a sealed message. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.wire;

import org.jspecify.annotations.NullMarked;

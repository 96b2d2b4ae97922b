// SPDX-License-Identifier: Apache-2.0
/** Counters. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.count;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Finds orchestrators by DNS, and believes them by a fingerprint. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.bootstrap;

import org.jspecify.annotations.NullMarked;

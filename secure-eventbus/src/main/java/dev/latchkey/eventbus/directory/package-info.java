// SPDX-License-Identifier: Apache-2.0
/** Which instances provide an operation: what orchestrators tell those that may invoke it. Internal to Latchkey. */
@NullMarked
package dev.latchkey.eventbus.directory;

import org.jspecify.annotations.NullMarked;

// SPDX-License-Identifier: Apache-2.0
/** Benchmarks of what the package of the same name keeps to itself. */
@NullMarked
package dev.latchkey.eventbus.bus;

import org.jspecify.annotations.NullMarked;

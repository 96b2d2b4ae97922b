// SPDX-License-Identifier: Apache-2.0
/** {@code latchkey bench}: the event bus between two JVMs, sealed and in other modes. */
@NullMarked
package dev.latchkey.benchmarks.bus;

import org.jspecify.annotations.NullMarked;
